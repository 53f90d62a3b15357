import assert from "node:assert/strict";
import { check, checkText, told, type CheckOutput } from "../fixtures/config/run-check";

type Config = Record<string, unknown>;

const role = (name: string, partition = "aws") => `arn:${partition}:iam::123456789012:role/${name}`;
const group = (extra: object) => ({ instanceTypes: ["m6i.large"], min: 2, desired: 2, max: 4, ...extra });
const service = (extra: object) => ({ ecs: { services: { web: { image: "nginx:1.31", ...extra } } } });

function expectOnly(output: CheckOutput, where: string, fix: RegExp): void {
  assert.deepEqual(told(output), [where]);
  assert.match(output.problems[0]!.fix, fix);
}

/** One mistake, through a config file: where it is told under which rule, and the fix. */
const mistakes: [
  name: string,
  config: Config,
  where: string,
  fix: RegExp,
  options?: { region?: string; stack?: string },
][] = [
  // The VPC's blocks, judged by the network's planner.
  ["a block larger than /16", { network: { cidr: "10.0.0.0/15" } }, "network.cidr VPC-01", /use 10\./],
  ["a block smaller than /28", { network: { podCidr: "100.64.0.0/29" } }, "network.podCidr VPC-01", /use 100\.64\./],
  ["a link-local block", { network: { podCidr: "169.254.0.0/20" } }, "network.podCidr VPC-02", /use /],
  [
    "a block that AWS keeps for itself",
    { network: { cidr: "10.1.0.0/16", podCidr: "10.0.8.0/21" } },
    "network.podCidr VPC-03",
    /use /,
  ],
  [
    "another private range",
    { network: { additionalCidrs: ["172.16.0.0/16"] }, eks: { serviceCidr: "10.100.0.0/16" } },
    "network.additionalCidrs[0] VPC-03",
    /use /,
  ],
  ["blocks that overlap", { network: { podCidr: "10.0.128.0/17" } }, "network.podCidr VPC-04", /use /],
  [
    "a sixth block",
    { network: { additionalCidrs: [1, 2, 3, 4].map((i) => `10.${i}.0.0/16`) } },
    "network.additionalCidrs[3] VPC-05",
    /cidrQuota to 6/,
  ],
  [
    "address bits behind the prefix",
    { network: { podCidr: "100.64.1.5/16" } },
    "network.podCidr VPC-06",
    /use 100\.64\.0\.0\/16/,
  ],
  ["leading zeros", { network: { cidr: "010.0.0.0/16" } }, "network.cidr VPC-06", /use 10\.0\.0\.0\/16/],
  ["no block at all", { network: { cidr: "ten" } }, "network.cidr VPC-06", /use /],
  [
    "subnets too large for their block",
    { network: { subnetPrefixes: { private: 16 } } },
    "network.subnetPrefixes.private VPC-07",
    /use /,
  ],
  ["Docker's network", { network: { cidr: "172.17.0.0/16" } }, "network.cidr VPC-12", /use /],
  ["one zone", { network: { zones: ["ap-southeast-1a"] } }, "network.zones PRV-01", /two/],
  ["NAT in an isolated network", { network: { endpoints: "isolated" } }, "network.nat PRV-03", /none/],
  ["no way out", { network: { nat: "none" } }, "network.nat PRV-03", /single or perZone/],

  // Zones and regions.
  [
    "a zone of another region",
    { network: { zones: ["ap-southeast-1a", "eu-west-1b"] } },
    "network.zones[1] CFG-ZONE",
    /ap-southeast-1b/,
  ],
  [
    "a zone id for its name",
    { network: { zones: ["ap-southeast-1a", "ap-southeast-1b", "apse1-az3"] } },
    "network.zones[2] PRV-01",
    /name/,
  ],
  [
    "a node group's zone outside the network",
    { eks: { nodeGroups: { x86: group({ zones: ["ap-southeast-1d"] }) } } },
    "eks.nodeGroups.x86.zones[0] CNI-01",
    /ap-southeast-1a/,
  ],

  // Who may use the cluster.
  [
    "a session's ARN",
    { eks: { admins: ["arn:aws:sts::123456789012:assumed-role/admin/ann"] } },
    "eks.admins[0] IAM-01",
    /iam::123456789012:role\/admin /,
  ],
  [
    "a service-linked role",
    { eks: { admins: [role("aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS")] } },
    "eks.admins[0] IAM-02",
    /role of your own/,
  ],
  [
    "a role of another partition",
    { eks: { admins: [role("admin", "aws-cn")] } },
    "eks.admins[0] IAM-03",
    /arn:aws:iam/,
  ],
  [
    "a global role in China",
    { eks: { access: [{ principal: role("dev"), policy: "view" }] } },
    "eks.access[0].principal IAM-03",
    /arn:aws-cn:iam::123456789012:role\/dev/,
    { region: "cn-north-1" },
  ],
  [
    "an access policy of another partition",
    {
      eks: {
        access: [{ principal: role("dev"), policy: "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy" }],
      },
    },
    "eks.access[0].policy IAM-03",
    /write view/,
  ],
  [
    "an IAM policy in place of an access policy",
    { eks: { access: [{ principal: role("dev"), policy: "arn:aws:iam::aws:policy/AdministratorAccess" }] } },
    "eks.access[0].policy IAM-04",
    /clusterAdmin, admin/,
  ],
  [
    "an unknown access policy",
    { eks: { access: [{ principal: role("dev"), policy: "viewer" }] } },
    "eks.access[0].policy CFG-VALUE",
    /write view/,
  ],
  [
    "no namespaces",
    { eks: { access: [{ principal: role("dev"), policy: "edit", namespaces: [] }] } },
    "eks.access[0].namespaces IAM-07",
    /at least one/,
  ],
  [
    "an administrator twice",
    { eks: { admins: [role("a"), role("b"), role("a")] } },
    "eks.admins[2] IAM-08",
    /remove it here, or remove eks\.admins\[0\]/,
  ],
  [
    "a grant to an administrator",
    { eks: { admins: [role("a")], access: [{ principal: role("a"), policy: "view" }] } },
    "eks.access[0].principal IAM-08",
    /eks\.admins\[0\]/,
  ],
  [
    "a policy twice for one principal",
    { eks: { access: [1, 2].map(() => ({ principal: role("a"), policy: "view", namespaces: ["shop"] })) } },
    "eks.access[1].principal IAM-08",
    /eks\.access\[0\]\.namespaces/,
  ],
  ["an account's root", { eks: { admins: ["arn:aws:iam::123456789012:root"] } }, "eks.admins[0] IAM-12", /name a role/],
  ["everybody", { eks: { admins: ["*"] } }, "eks.admins[0] IAM-12", /one by one/],
  ["roles by pattern", { eks: { admins: [role("dev-*")] } }, "eks.admins[0] IAM-12", /one by one/],
  ["a bare account", { eks: { admins: ["123456789012"] } }, "eks.admins[0] IAM-12", /one by one/],
  [
    "a group",
    { eks: { admins: ["arn:aws:iam::123456789012:group/admins"] } },
    "eks.admins[0] CFG-VALUE",
    /role\/platform-admin/,
  ],
  ["a name for an ARN", { eks: { admins: ["platform-admin"] } }, "eks.admins[0] CFG-VALUE", /arn:aws:iam::/],

  // The cluster.
  [
    "a production endpoint open to all",
    { eks: { publicAccessFrom: ["0.0.0.0/0"] } },
    "eks.publicAccessFrom[0] PRV-06",
    /private/,
    { stack: "prod" },
  ],
  [
    "half the internet",
    { environment: "prod-eu", eks: { publicAccessFrom: ["128.0.0.0/1"] } },
    "eks.publicAccessFrom[0] PRV-06",
    /private/,
  ],
  ["an IPv6 block", { eks: { publicAccessFrom: ["2001:db8::/32"] } }, "eks.publicAccessFrom[0] CFG-VALUE", /IPv4/],
  [
    "an endpoint block with address bits",
    { eks: { publicAccessFrom: ["203.0.113.5/24"] } },
    "eks.publicAccessFrom[0] VPC-06",
    /203\.0\.113\.0\/24/,
  ],
  [
    "an address for a block",
    { eks: { publicAccessFrom: ["203.0.113.5"] } },
    "eks.publicAccessFrom[0] CFG-VALUE",
    /203\.0\.113\.5\/32/,
  ],
  ["a public service block", { eks: { serviceCidr: "100.100.0.0/16" } }, "eks.serviceCidr CNI-14", /172\.20\.0\.0\/16/],
  ["a service block too large", { eks: { serviceCidr: "10.0.0.0/8" } }, "eks.serviceCidr CNI-14", /172\.20/],
  [
    "a service block too small",
    { eks: { serviceCidr: "172.20.0.0/25" } },
    "eks.serviceCidr CNI-14",
    /172\.20\.0\.0\/16/,
  ],
  [
    "a service block over the VPC",
    { eks: { serviceCidr: "10.0.128.0/20" } },
    "eks.serviceCidr CNI-14",
    /172\.20\.0\.0\/16/,
  ],
  [
    "a service block over a secondary block",
    { network: { additionalCidrs: ["10.7.0.0/16"] }, eks: { serviceCidr: "10.7.8.0/24" } },
    "eks.serviceCidr CNI-14",
    /172\.20\.0\.0\/16/,
  ],
  [
    "a service block over the pods' block",
    { network: { cidr: "10.8.0.0/16", podCidr: "10.9.0.0/16" }, eks: { serviceCidr: "10.9.0.0/16" } },
    "eks.serviceCidr CNI-14",
    /172\.20\.0\.0\/16/,
  ],
  [
    "a default service block over the VPC",
    { network: { cidr: "172.20.0.0/16" } },
    "eks.serviceCidr CNI-14",
    /10\.100\.0\.0\/16/,
  ],
  [
    "a service block with address bits",
    { eks: { serviceCidr: "172.20.1.0/16" } },
    "eks.serviceCidr CNI-14",
    /172\.20\.0\.0\/16/,
  ],
  ["a version that EKS has no more", { eks: { version: "1.29" } }, "eks.version PRV-14", /1\.36/],

  // Node groups.
  [
    "fewer desired than min",
    { eks: { nodeGroups: { x86: group({ desired: 1 }) } } },
    "eks.nodeGroups.x86.desired NG-01",
    /use 2 to 4/,
  ],
  [
    "more desired than max",
    { eks: { nodeGroups: { x86: group({ desired: 5 }) } } },
    "eks.nodeGroups.x86.desired NG-01",
    /use 2 to 4/,
  ],
  [
    "a max below min",
    { eks: { nodeGroups: { x86: group({ max: 1 }) } } },
    "eks.nodeGroups.x86.max NG-01",
    /use 2 or more/,
  ],
  [
    "a max of 0",
    { eks: { nodeGroups: { x86: group({ min: 0, desired: 0, max: 0 }) } } },
    "eks.nodeGroups.x86.max NG-01",
    /1 to 450/,
  ],
  ["a negative min", { eks: { nodeGroups: { x86: group({ min: -1 }) } } }, "eks.nodeGroups.x86.min NG-01", /0 to 450/],
  [
    "min alone",
    { eks: { nodeGroups: { x86: { instanceTypes: ["m6i.large"], min: 2 } } } },
    "eks.nodeGroups.x86 NG-01",
    /add desired: 2 and max: 2/,
  ],
  [
    "an unknown instance type",
    { eks: { nodeGroups: { x86: group({ instanceTypes: ["m6i.xlage"] }) } } },
    "eks.nodeGroups.x86.instanceTypes[0] CFG-VALUE",
    /m6i\.xlarge/,
  ],
  [
    "two architectures",
    { eks: { nodeGroups: { x86: group({ instanceTypes: ["m6i.large", "m7g.large"] }) } } },
    "eks.nodeGroups.x86.instanceTypes[1] ARC-02",
    /of its own/,
  ],
  [
    "more nodes than the pod subnets hold",
    { network: { podCidr: "100.64.0.0/22" }, eks: { nodeGroups: { x86: group({ max: 60 }) } } },
    "eks.nodeGroups.x86.max CNI-11",
    /at most/,
  ],
  [
    "more pods than a node takes",
    { eks: { nodeGroups: { x86: group({ maxPods: 110 }) } } },
    "eks.nodeGroups.x86.maxPods CNI-13",
    /use 20/,
  ],

  // ARNs of other things.
  [
    "a global certificate in China",
    {
      workloads: {
        shop: { image: "nginx:1", ingress: { certificateArn: "arn:aws:acm:cn-north-1:123456789012:certificate/1" } },
      },
    },
    "workloads.shop.ingress.certificateArn CN-01",
    /arn:aws-cn:acm:cn-north-1/,
    { region: "cn-north-1" },
  ],
  [
    "a Chinese certificate elsewhere",
    service({ loadBalancer: { type: "alb", certificateArn: "arn:aws-cn:acm:cn-north-1:123456789012:certificate/1" } }),
    "ecs.services.web.loadBalancer.certificateArn CN-08",
    /arn:aws:acm:ap-southeast-1/,
  ],
  [
    "a certificate of another region",
    service({ loadBalancer: { type: "alb", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" } }),
    "ecs.services.web.loadBalancer.certificateArn CFG-VALUE",
    /ap-southeast-1/,
  ],
  [
    "a certificate that is none",
    service({ loadBalancer: { type: "alb", certificateArn: "my-cert" } }),
    "ecs.services.web.loadBalancer.certificateArn CFG-VALUE",
    /arn:aws:acm/,
  ],
  [
    "a hook's function elsewhere",
    service({
      deployment: {
        strategy: "BLUE_GREEN",
        hooks: [{ functionArn: "arn:aws:lambda:us-east-1:123456789012:function:f", stages: ["POST_SCALE_UP"] }],
      },
    }),
    "ecs.services.web.deployment.hooks[0].functionArn CFG-VALUE",
    /ap-southeast-1/,
  ],

  // ECS services.
  [
    "no weight",
    service({ count: 3, capacity: { onDemandWeight: 0 } }),
    "ecs.services.web.capacity SPOT-03",
    /1 or more/,
  ],
  [
    "Fargate and EC2 at once",
    service({ capacity: { spotWeight: 1, ec2: { instanceTypes: ["m7g.large"] } } }),
    "ecs.services.web.capacity.spotWeight SPOT-05",
    /remove/,
  ],
  [
    "a deployment that can't progress",
    service({ count: 1, deployment: { maximumPercent: 150 } }),
    "ecs.services.web.deployment.maximumPercent DEP-25",
    /use 200 or more/,
  ],

  // Exemptions.
  [
    "a day that doesn't exist",
    { exemptions: [{ policy: "a", resource: "*", reason: "b", until: "2027-02-29" }] },
    "exemptions[0].until CFG-DATE",
    /YYYY-MM-DD/,
  ],
  [
    "a date in another form",
    { exemptions: [{ policy: "a", resource: "*", reason: "b", until: "30.06.2027" }] },
    "exemptions[0].until CFG-DATE",
    /2027-11-01/,
  ],
  [
    "an exemption that has expired",
    { exemptions: [{ policy: "a", resource: "*", reason: "b", until: "2026-11-21" }] },
    "exemptions[0].until CFG-EXPIRED",
    /remove the exemption/,
  ],
];

describe("a rule", () => {
  for (const [name, config, where, fix, options] of mistakes) {
    it(`finds ${name}: ${where}`, () => expectOnly(check(config, options), where, fix));
  }

  it("of ours and zod's always has a path, a message and a fix", () => {
    for (const [, config, , , options] of mistakes) {
      for (const { path, rule, message, fix } of check(config, options).problems) {
        assert.ok(path && rule && message && fix, JSON.stringify({ path, rule, message, fix }));
        assert.match(rule, /^[A-Z]+-[A-Z0-9-]+$/);
        assert.doesNotMatch(message, /[.!]$/);
      }
    }
  });
});

describe("a rule lets pass", () => {
  const fine: [name: string, config: Config, options?: { region?: string; stack?: string }][] = [
    ["a private cluster in production", {}, { stack: "prod" }],
    ["an open endpoint outside production", { eks: { publicAccessFrom: ["0.0.0.0/0"] } }, { stack: "dev" }],
    ["office blocks in production", { eks: { publicAccessFrom: ["203.0.113.0/24"] } }, { stack: "prod" }],
    ["roles with a path", { eks: { admins: [role("team/platform-admin")] } }],
    ["roles of China in China", { eks: { admins: [role("admin", "aws-cn")] } }, { region: "cn-northwest-1" }],
    ["roles of GovCloud in GovCloud", { eks: { admins: [role("admin", "aws-us-gov")] } }, { region: "us-gov-west-1" }],
    [
      "two policies for one principal",
      {
        eks: {
          access: [
            { principal: role("a"), policy: "view" },
            { principal: role("a"), policy: "edit", namespaces: ["shop"] },
          ],
        },
      },
    ],
    ["a node group of no node", { eks: { nodeGroups: { x86: group({ min: 0, desired: 0, max: 1 }) } } }],
    ["no cluster and no ECS", { eks: null, ecs: null }],
    [
      "an exemption on its last day",
      { exemptions: [{ policy: "a", resource: "*", reason: "b", until: "2026-11-22" }] },
    ],
    ["an exemption without an end", { exemptions: [{ policy: "a", resource: "*", reason: "b" }] }],
    [
      "a date as the running program gets it",
      { exemptions: [{ policy: "a", resource: "*", reason: "b", until: "2027-06-30 00:00:00 +0000 UTC" }] },
    ],
    ["a region that is newer than the table", {}, { region: "eu-north-9" }],
    ["a service on EC2 instances", service({ capacity: { ec2: { instanceTypes: ["m7g.large"], min: 1, max: 3 } } })],
    [
      "an outage while deploying, when asked for",
      service({ count: 1, deployment: { minimumHealthyPercent: 0, maximumPercent: 100 } }),
    ],
    [
      "a strategy that rolling limits don't bind",
      service({ count: 1, deployment: { strategy: "BLUE_GREEN", maximumPercent: 100 } }),
    ],
  ];
  for (const [name, config, options] of fine) {
    it(name, () => assert.deepEqual(check(config, options).problems, []));
  }

  it("a private endpoint, with a note that kubectl needs the VPC", () => {
    assert.match(String(check({}).notes), /private: kubectl/);
    assert.equal(check({ eks: null }).notes, undefined);
  });

  it("Kubernetes in extended support, with a note that it costs", () => {
    assert.match(
      String(check({ eks: { version: "1.33", publicAccessFrom: ["203.0.113.0/24"] } }).notes),
      /extended support/,
    );
  });

  it("an unquoted date", () => {
    const text = `
config:
  aws:region: eu-west-1
  container-platform:exemptions:
    - {policy: elb-nlb-listener-tls, resource: "*ledger*", reason: TLS ends in the pod, until: 2027-06-30}
`;
    assert.equal(checkText(text).exit, 0);
  });
});
