import assert from "node:assert/strict";
import { check, told } from "../fixtures/config/run-check";

/** The one problem of a config. */
function only(config: Record<string, unknown>) {
  const output = check(config);
  assert.equal(output.problems.length, 1, JSON.stringify(output.problems, null, 2));
  assert.equal(output.ok, false);
  return output.problems[0]!;
}

const image = "public.ecr.aws/nginx/nginx:1.31-alpine-slim";
const service = (extra: object) => ({ ecs: { services: { web: { image, ...extra } } } });

describe("the shape of a config", () => {
  it("is right when only the region is given", () => {
    assert.deepEqual(check({}).problems, []);
  });

  describe("unknown keys", () => {
    const cases: [name: string, config: Record<string, unknown>, path: string, fix: RegExp][] = [
      ["a section", { netwrok: {} }, "netwrok", /container-platform:network\?/],
      ["a key of a section", { network: { podCird: null } }, "network.podCird", /did you mean podCidr\?/],
      [
        "a nested key",
        { eks: { podNetworking: { externalSnatt: true } } },
        "eks.podNetworking.externalSnatt",
        /externalSnat\?/,
      ],
      ["a key of an item by name", service({ memroy: 1 }), "ecs.services.web.memroy", /memory\?/],
      [
        "a key of a list's item",
        { exemptions: [{ policy: "a", resource: "b", reason: "c", untill: "d" }] },
        "exemptions[0].untill",
        /until\?/,
      ],
      ["another case", { network: { CIDR: "10.0.0.0/16" } }, "network.CIDR", /did you mean cidr\?/],
      [
        "a key that is near nothing",
        { network: { colour: 1 } },
        "network.colour",
        /remove it: the keys of network are cidr,/,
      ],
      ["a namespace", { "container-platfrom:network": {} }, "container-platfrom:network", /container-platform:network/],
      ["a key without a namespace", { "network:": {} }, "network:", /./],
      [
        "a path as a key",
        { "network.cidr": "10.0.0.0/16" },
        "network.cidr",
        /write cidr under container-platform:network/,
      ],
    ];
    for (const [name, config, path, fix] of cases) {
      it(`${name}: the nearest known key is the fix`, () => {
        const problem = only(config);
        assert.equal(problem.rule, "CFG-UNKNOWN-KEY");
        assert.equal(problem.path, path);
        assert.match(problem.fix, fix);
      });
    }

    it("of other namespaces are other people's", () => {
      assert.deepEqual(check({ "aws:profile": "x", "kubernetes:context": "y" }).problems, []);
    });
  });

  describe("wrong types", () => {
    const cases: [name: string, config: Record<string, unknown>, path: string, fix: RegExp][] = [
      ["a number for text", { eks: { version: 1.36 } }, "eks.version", /^put it in quotes: "1\.36"$/],
      ["a number for a tag", { tags: { CostCentre: 1234 } }, "tags.CostCentre", /^put it in quotes: "1234"$/],
      ["text for a number", { network: { cidrQuota: "6" } }, "network.cidrQuota", /^write it without quotes: 6$/],
      [
        "a fraction for a whole number",
        service({ count: 1.5 }),
        "ecs.services.web.count",
        /whole number from 0 to 5000/,
      ],
      ["text for true or false", service({ exec: "true" }), "ecs.services.web.exec", /^write it without quotes: true$/],
      [
        "text for a list",
        { eks: { publicAccessFrom: "203.0.113.0/24" } },
        "eks.publicAccessFrom",
        /\["203\.0\.113\.0\/24"\]/,
      ],
      ["text for a mapping", { network: "10.0.0.0/16" }, "network", /^write a mapping/],
      ["a list for a mapping", { workloads: [] }, "workloads", /^write a mapping/],
      ["a mapping for a list", { exemptions: {} }, "exemptions", /^write a list/],
      ["null where there is no null", { network: null }, "network", /^leave the key out/],
      [
        "false for a word",
        { observability: { containerInsights: false } },
        "observability.containerInsights",
        /"false"|daemonset/,
      ],
      ["broken JSON text", { network: "{cidr: 10.0.0.0/16" }, "network", /YAML/],
    ];
    for (const [name, config, path, fix] of cases) {
      it(`${name} is CFG-TYPE with the right form as the fix`, () => {
        const problem = only(config);
        assert.equal(problem.rule, "CFG-TYPE");
        assert.equal(problem.path, path);
        assert.match(problem.fix, fix);
      });
    }
  });

  describe("missing keys", () => {
    const cases: [config: Record<string, unknown>, path: string][] = [
      [{ workloads: { shop: {} } }, "workloads.shop.image"],
      [{ workloads: { shop: { image, fixedAddresses: { port: 80 } } } }, "workloads.shop.fixedAddresses.addresses"],
      [{ ecs: { services: { web: {} } } }, "ecs.services.web.image"],
      [service({ volume: {} }), "ecs.services.web.volume.mountPath"],
      [service({ scaling: { min: 1 } }), "ecs.services.web.scaling.max"],
      [{ eks: { nodeGroups: { x86: { min: 1, desired: 1, max: 2 } } } }, "eks.nodeGroups.x86.instanceTypes"],
      [{ eks: { access: [{ policy: "view" }] } }, "eks.access[0].principal"],
      [{ exemptions: [{ policy: "a", resource: "b" }] }, "exemptions[0].reason"],
      [{ exemptions: [{ policy: "a", reason: "b" }] }, "exemptions[0].resource"],
      [
        { network: { existing: { vpcId: "vpc-0123456789abcdef0", privateSubnets: twoSubnets() } } },
        "network.existing.cidrs",
      ],
    ];
    for (const [config, path] of cases) {
      it(`${path} is CFG-MISSING with an example to add`, () => {
        const problem = only(config);
        assert.equal(problem.path, path);
        assert.equal(problem.rule, "CFG-MISSING");
        assert.equal(problem.value, null);
        assert.match(problem.fix, new RegExp(`^add ${path.split(".").at(-1)}: ..`));
      });
    }
  });

  describe("values that aren't allowed", () => {
    const cases: [config: Record<string, unknown>, where: string, fix: RegExp][] = [
      [{ environment: "Production EU" }, "environment CFG-VALUE", /prod/],
      [{ owner: " " }, "owner CFG-VALUE", /platform-team/],
      [{ tags: { "aws:x": "y" } }, 'tags["aws:x"] CFG-VALUE', /CostCentre/],
      [{ network: { nat: "per-zone" } }, "network.nat CFG-VALUE", /did you mean perZone/],
      [{ network: { endpoints: "isolate", nat: "none" } }, "network.endpoints CFG-VALUE", /isolated/],
      [
        { network: { flowLogs: { retentionDays: 360 } } },
        "network.flowLogs.retentionDays CFG-VALUE",
        /did you mean 365/,
      ],
      [{ network: { subnetPrefixes: { private: 29 } } }, "network.subnetPrefixes.private VPC-01", /16 to 28/],
      [{ network: { cidrQuota: 51 } }, "network.cidrQuota VPC-05", /1 to 50/],
      [{ eks: { version: "1.31" } }, "eks.version PRV-14", /1\.36/],
      [
        { eks: { podNetworking: { securityGroupsForPods: "on" } } },
        "eks.podNetworking.securityGroupsForPods CNI-12",
        /strict/,
      ],
      [{ eks: { nodeGroups: { Big: { instanceTypes: ["m6i.large"] } } } }, "eks.nodeGroups.Big CFG-VALUE", /rename it/],
      [{ eks: { nodeGroups: { big: { instanceTypes: [] } } } }, "eks.nodeGroups.big.instanceTypes NG-03", /list/],
      [{ observability: { fluentBit: { httpPort: 0 } } }, "observability.fluentBit.httpPort CI-05", /1 to 65535/],
      [
        { workloads: { shop: { image, architectures: ["x86_64"] } } },
        "workloads.shop.architectures[0] ARC-06",
        /amd64/,
      ],
      [{ workloads: { shop: { image: "nginx latest" } } }, "workloads.shop.image CFG-VALUE", /nginx:/],
      [
        { workloads: { shop: { image, fixedAddresses: { addresses: ["010.0.3.10"] } } } },
        "workloads.shop.fixedAddresses.addresses[0] NLB-03",
        /10\.20\.3\.10/,
      ],
      [service({ cpu: 500 }), "ecs.services.web.cpu SPOT-11", /did you mean 512/],
      [service({ stopTimeoutSeconds: 121 }), "ecs.services.web.stopTimeoutSeconds SPOT-06", /2 to 120/],
      [service({ scheduling: "replica" }), "ecs.services.web.scheduling DEP-01", /did you mean REPLICA/],
      [
        service({ deployment: { controller: "CODEDEPLOY" } }),
        "ecs.services.web.deployment.controller DEP-01",
        /CODE_DEPLOY/,
      ],
      [
        service({ deployment: { strategy: "LINEAR", linear: { stepPercent: 2 } } }),
        "ecs.services.web.deployment.linear.stepPercent DEP-12",
        /3 to 100/,
      ],
      [service({ capacity: { spotWeight: 1001 } }), "ecs.services.web.capacity.spotWeight SPOT-04", /0 to 1000/],
      [service({ volume: { mountPath: "/data", uid: -1 } }), "ecs.services.web.volume.uid EFS-15", /4294967295/],
      [{ exemptions: [{ policy: "a", resource: "b", reason: "" }] }, "exemptions[0].reason CFG-VALUE", /./],
    ];
    for (const [config, where, fix] of cases) {
      it(`${where} says what is allowed`, () => {
        const problem = only(config);
        assert.equal(`${problem.path} ${problem.rule}`, where);
        assert.match(problem.fix, fix);
      });
    }

    for (const region of ["ap-southeast-1a", "singapore", "AP-SOUTHEAST-1", "eu-isoe-west-1", "us-iso-east-1"]) {
      it(`aws:region ${region} is CFG-REGION`, () => {
        assert.deepEqual(told(check({}, { region })), ["aws:region CFG-REGION"]);
      });
    }
  });

  describe("secrets", () => {
    it("say that the platform needs plain text, wherever they are", () => {
      const secret = { secure: "v1:abc" };
      const output = check({
        owner: secret,
        network: { cidr: secret },
        eks: { admins: [secret] },
        observability: secret,
      });
      assert.deepEqual(told(output), [
        "owner CFG-SECRET",
        "network.cidr CFG-SECRET",
        "eks.admins[0] CFG-SECRET",
        "observability CFG-SECRET",
      ]);
      assert.equal(JSON.stringify(output).includes("v1:abc"), false);
      assert.match(output.problems[1]!.fix, /--plaintext --path 'container-platform:network\.cidr'/);
    });
  });

  describe("several mistakes", () => {
    it("are all told at once, shapes, rules and plans alike", () => {
      const output = check({
        environment: "prod",
        network: { cidr: "10.1.0.0/16", podCidr: "10.0.8.0/24", subnetPrefixes: { pod: 27 }, natt: "single" },
        eks: {
          version: 1.36,
          publicAccessFrom: ["0.0.0.0/0"],
          nodeGroups: { x86: { instanceTypes: ["m6i.xlage"], min: 3, desired: 2, max: 6 } },
        },
        exemptions: [{ policy: "a", resource: "b", reason: "", until: "2026-02-30" }],
      });
      assert.deepEqual(told(output), [
        "network.natt CFG-UNKNOWN-KEY",
        "network.podCidr VPC-03",
        "eks.version CFG-TYPE",
        "eks.publicAccessFrom[0] PRV-06",
        "eks.nodeGroups.x86.desired NG-01",
        "eks.nodeGroups.x86.instanceTypes[0] CFG-VALUE",
        "exemptions[0].reason CFG-VALUE",
        "exemptions[0].until CFG-DATE",
      ]);
    });

    it("keep their place in a list when one before them is left out", () => {
      const output = check({
        eks: { admins: [5, "arn:aws:iam::123456789012:role/a", {}, "arn:aws:iam::123456789012:root"] },
      });
      assert.deepEqual(told(output), ["eks.admins[0] CFG-TYPE", "eks.admins[2] CFG-TYPE", "eks.admins[3] IAM-12"]);
    });

    it("don't make others of the value that takes their place", () => {
      // Without its max the group would seem to have no size, without cidr the VPC would be 10.0.0.0/16.
      const output = check({
        network: { cidr: 5, additionalCidrs: ["10.0.0.0/20"] },
        eks: { nodeGroups: { x86: { instanceTypes: ["m6i.large"], min: 3, desired: 3, max: "six" } } },
      });
      assert.deepEqual(told(output), ["network.cidr CFG-TYPE", "eks.nodeGroups.x86.max CFG-TYPE"]);
      assert.deepEqual(output.plan.subnets, []);
      assert.deepEqual(output.plan.nodeGroups, []);
    });

    it("don't let a planner judge the default in their place", () => {
      // Zone c is left out, and a list of one zone would be too short.
      const output = check({ network: { zones: ["ap-southeast-1a", 7] } });
      assert.deepEqual(told(output), ["network.zones[1] CFG-TYPE"]);
    });

    it("don't hide a misspelt instance type when the network can't be planned", () => {
      const output = check({
        network: { cidr: 5 },
        eks: { nodeGroups: { x86: { instanceTypes: ["m6i.xlage"] } } },
      });
      assert.deepEqual(told(output), ["network.cidr CFG-TYPE", "eks.nodeGroups.x86.instanceTypes[0] CFG-VALUE"]);
    });

    it("leave the rest of the plan to see", () => {
      const output = check({
        eks: { nodeGroups: { good: { instanceTypes: ["m6i.large"] }, bad: { instanceTypes: [7] } } },
        ecs: { services: { good: { image }, bad: {} } },
      });
      assert.equal(output.ok, false);
      assert.equal(output.plan.subnets.length, 12);
      assert.deepEqual(
        output.plan.nodeGroups.map(({ name }) => name),
        ["good"],
      );
      assert.deepEqual(
        output.plan.services.map(({ name }) => name),
        ["good"],
      );
    });
  });
});

function twoSubnets() {
  return ["a", "b"].map((letter, i) => ({
    id: `subnet-0123456789abcdef${i}`,
    cidr: `10.30.${i * 16}.0/20`,
    zone: `ap-southeast-1${letter}`,
  }));
}
