import assert from "node:assert/strict";
import { regions } from "../../components/aws/regions";
import {
  ecrRegistry,
  eksRegistry,
  mirrored,
  parseImage,
  platformImageRepository,
  publicRegistries,
} from "../../components/aws/registries";

describe("image registries", () => {
  it("there is one of EKS for every known region, with the partition's suffix", () => {
    for (const [name, { partition }] of Object.entries(regions)) {
      const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
      const host = eksRegistry(name) ?? "";
      assert.match(host, /^\d{12}\.dkr\.ecr\./, name);
      assert.ok(host.endsWith(`.dkr.ecr.${name}.${suffix}`), host);
    }
  });

  const eks: [string, string][] = [
    ["us-east-1", "602401143452.dkr.ecr.us-east-1.amazonaws.com"],
    ["ap-southeast-6", "333609536671.dkr.ecr.ap-southeast-6.amazonaws.com"],
    ["il-central-1", "066635153087.dkr.ecr.il-central-1.amazonaws.com"],
    ["cn-north-1", "918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn"],
    ["cn-northwest-1", "961992271922.dkr.ecr.cn-northwest-1.amazonaws.com.cn"],
    ["us-gov-west-1", "013241004608.dkr.ecr.us-gov-west-1.amazonaws.com"],
  ];
  for (const [region, host] of eks) {
    it(`EKS's of ${region} is ${host}`, () => {
      assert.equal(eksRegistry(region), host);
    });
  }

  it("EKS's of a region newer than the table is unknown, of a malformed one refused", () => {
    assert.equal(eksRegistry("sa-west-1"), undefined);
    assert.throws(() => eksRegistry("sa-west"), /is not the name of a region/);
    assert.throws(() => ecrRegistry("123456789012", "sa-west"), /is not the name of a region/);
  });

  it("the platform's images come from the public registry in commercial regions only", () => {
    const images = ["cloudwatchAgent", "fluentBit", "loadBalancerController"] as const;
    for (const image of images) {
      assert.match(platformImageRepository(image, "eu-west-1"), /^public\.ecr\.aws\//);
      assert.match(platformImageRepository(image, "cn-north-1"), /^\d{12}\.dkr\.ecr\.cn-north-1\.amazonaws\.com\.cn\//);
      assert.match(
        platformImageRepository(image, "us-gov-west-1"),
        /^\d{12}\.dkr\.ecr\.us-gov-west-1\.amazonaws\.com\//,
      );
    }
  });

  const inChina: [Parameters<typeof platformImageRepository>[0], string][] = [
    ["cloudwatchAgent", "934860584483.dkr.ecr.cn-northwest-1.amazonaws.com.cn/cloudwatch-agent"],
    ["fluentBit", "128054284489.dkr.ecr.cn-northwest-1.amazonaws.com.cn/aws-for-fluent-bit"],
    [
      "loadBalancerController",
      "961992271922.dkr.ecr.cn-northwest-1.amazonaws.com.cn/amazon/aws-load-balancer-controller",
    ],
  ];
  for (const [image, repository] of inChina) {
    it(`${image} in Ningxia comes from ${repository}`, () => {
      assert.equal(platformImageRepository(image, "cn-northwest-1"), repository);
    });
  }

  it("an image of EKS's own registry is refused where that isn't known, with the way out", () => {
    assert.throws(
      () => platformImageRepository("loadBalancerController", "cn-south-9"),
      /registry of cn-south-9 is not known\. Mirror amazon\/aws-load-balancer-controller/,
    );
  });
});

describe("image references", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const references: [string, ReturnType<typeof parseImage>][] = [
    ["nginx", { registry: "docker.io", repository: "library/nginx" }],
    ["nginx:1.31-alpine", { registry: "docker.io", repository: "library/nginx", tag: "1.31-alpine" }],
    ["docker.io/nginx", { registry: "docker.io", repository: "library/nginx" }],
    ["team/app:2", { registry: "docker.io", repository: "team/app", tag: "2" }],
    ["public.ecr.aws/nginx/nginx:1", { registry: "public.ecr.aws", repository: "nginx/nginx", tag: "1" }],
    ["localhost:5000/app", { registry: "localhost:5000", repository: "app" }],
    ["host:5000/app:3", { registry: "host:5000", repository: "app", tag: "3" }],
    [`ghcr.io/a/b@${digest}`, { registry: "ghcr.io", repository: "a/b", digest }],
    [`ghcr.io/a/b:1@${digest}`, { registry: "ghcr.io", repository: "a/b", tag: "1", digest }],
  ];
  for (const [image, parts] of references) {
    it(`${image.replace(digest, "sha256:…")} has its parts told apart`, () => {
      assert.deepEqual(parseImage(image), parts);
    });
  }

  for (const image of [
    "",
    "Nginx",
    "a b",
    "public.ecr.aws/",
    "nginx:",
    "nginx@sha256:12",
    "https://ghcr.io/a/b",
    "/nginx",
  ]) {
    it(`don't include ${JSON.stringify(image)}`, () => {
      assert.equal(parseImage(image), undefined);
    });
  }

  it("public registries are hosts that references start with", () => {
    for (const registry of publicRegistries) {
      assert.equal(parseImage(`${registry}/a/b`)?.registry, registry);
    }
  });
});

describe("mirrors", () => {
  const mine = "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn";
  const mirrors = { "public.ecr.aws": `${mine}/ecr-public`, "docker.io": `${mine}/hub` };

  it("take the registry's place and leave path, tag and digest", () => {
    assert.equal(mirrored("public.ecr.aws/nginx/nginx:1.31", mirrors), `${mine}/ecr-public/nginx/nginx:1.31`);
    const digest = `sha256:${"a".repeat(64)}`;
    assert.equal(mirrored(`public.ecr.aws/a/b:1@${digest}`, mirrors), `${mine}/ecr-public/a/b:1@${digest}`);
  });

  it("serve Docker's own images under their full path", () => {
    assert.equal(mirrored("nginx:1", mirrors), `${mine}/hub/library/nginx:1`);
    assert.equal(mirrored("team/app", mirrors), `${mine}/hub/team/app`);
  });

  it("leave an image alone that none is for, as it was written", () => {
    assert.equal(mirrored("ghcr.io/a/b:1", mirrors), "ghcr.io/a/b:1");
    assert.equal(mirrored(`${mine}/app:1`, mirrors), `${mine}/app:1`);
    assert.equal(mirrored("nginx", {}), "nginx");
    assert.equal(mirrored("not an image", mirrors), "not an image");
  });

  it("for a path in a registry win over one for all of it, whatever their order", () => {
    const both = { "public.ecr.aws": "all.example", "public.ecr.aws/eks": "eks.example/x" };
    assert.equal(mirrored("public.ecr.aws/eks/controller:1", both), "eks.example/x/controller:1");
    assert.equal(mirrored("public.ecr.aws/nginx/nginx:1", both), "all.example/nginx/nginx:1");
  });

  it("may stand for one repository", () => {
    assert.equal(mirrored("ghcr.io/a/b:1", { "ghcr.io/a/b": "my.example/b" }), "my.example/b:1");
  });

  it("match whole parts of a path only", () => {
    assert.equal(
      mirrored("public.ecr.aws/eks-distro/x:1", { "public.ecr.aws/eks": "m.example" }),
      "public.ecr.aws/eks-distro/x:1",
    );
    assert.equal(mirrored("docker.io.example/x", { "docker.io": "m.example" }), "docker.io.example/x");
  });
});
