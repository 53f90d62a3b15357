import assert from "node:assert/strict";
import {
  endpointServiceExists,
  endpointServiceName,
  endpointServices,
  endpointSet,
  type EndpointSetName,
} from "../../components/aws/endpoints";
import { regions } from "../../components/aws/regions";

const setNames: EndpointSetName[] = ["gateway", "standard", "isolated"];
const everything = { eks: true, ecs: true, tracing: true };

describe("names of endpoint services", () => {
  it("start with com.amazonaws outside China, whatever the service", () => {
    for (const region of ["eu-west-1", "us-gov-west-1"]) {
      for (const service of endpointServices.interface.filter((name) => endpointServiceExists(name, region))) {
        assert.equal(endpointServiceName(service, region, "interface"), `com.amazonaws.${region}.${service}`);
      }
    }
  });

  const chinese =
    "application-autoscaling autoscaling cloudformation codedeploy-commands-secure ebs ec2 ecr.api ecr.dkr eks " +
    "elasticfilesystem lambda monitoring s3 sqs states sts xray";
  for (const service of chinese.split(" ")) {
    it(`${service} has China's prefix in China`, () => {
      assert.equal(endpointServiceName(service, "cn-north-1", "interface"), `cn.com.amazonaws.cn-north-1.${service}`);
    });
  }

  const plain = "ecs ecs-agent ecs-telemetry eks-auth kms logs secretsmanager ssm ssmmessages ec2messages";
  for (const service of plain.split(" ")) {
    it(`${service} has the plain prefix in China too`, () => {
      assert.equal(endpointServiceName(service, "cn-northwest-1"), `com.amazonaws.cn-northwest-1.${service}`);
    });
  }

  it("no service of the table is left out of the two lists for China, unless it has no endpoint there", () => {
    const named = new Set([...chinese.split(" "), ...plain.split(" ")]);
    const others = endpointServices.interface.filter((service) => !named.has(service));
    assert.deepEqual(others, ["elasticloadbalancing", "oidc-eks", "ssm-contacts", "ssm-incidents"]);
    for (const service of others) {
      assert.equal(endpointServiceExists(service, "cn-north-1"), false, service);
    }
  });

  it("S3 and DynamoDB are gateways unless an interface is asked for, plain also in China", () => {
    assert.equal(endpointServiceName("s3", "cn-north-1"), "com.amazonaws.cn-north-1.s3");
    assert.equal(endpointServiceName("s3", "cn-north-1", "gateway"), "com.amazonaws.cn-north-1.s3");
    assert.equal(endpointServiceName("s3", "cn-north-1", "interface"), "cn.com.amazonaws.cn-north-1.s3");
    assert.equal(endpointServiceName("dynamodb", "cn-northwest-1"), "com.amazonaws.cn-northwest-1.dynamodb");
  });

  it("ELB's is refused in China with the reason, and only there", () => {
    assert.throws(
      () => endpointServiceName("elasticloadbalancing", "cn-north-1"),
      /no interface endpoint for elasticloadbalancing in cn-north-1: ELB has no VPC endpoint in China/,
    );
    assert.equal(endpointServiceExists("elasticloadbalancing", "us-gov-east-1"), true);
  });

  it("that of the EKS API is refused in the regions that the EKS guide excludes", () => {
    for (const region of ["ap-east-2", "ap-southeast-5", "ap-southeast-7", "mx-central-1"]) {
      assert.throws(() => endpointServiceName("eks", region), /the EKS guide excludes the region/);
    }
    assert.equal(endpointServiceName("eks-auth", "ap-southeast-5"), "com.amazonaws.ap-southeast-5.eks-auth");
    assert.equal(endpointServiceExists("eks-auth", "mx-central-1"), false);
  });

  it("those of Incident Manager exist in 16 regions", () => {
    for (const service of ["ssm-contacts", "ssm-incidents"]) {
      assert.equal(Object.keys(regions).filter((region) => endpointServiceExists(service, region)).length, 16);
    }
  });

  it("other services have no gateway", () => {
    assert.throws(
      () => endpointServiceName("logs", "eu-west-1", "gateway"),
      /only s3 and dynamodb have gateway endpoints/,
    );
    assert.equal(endpointServiceExists("logs", "eu-west-1", "gateway"), false);
  });

  for (const service of ["ecr", "", "toString", "EC2", "com.amazonaws.eu-west-1.ec2"]) {
    it(`${JSON.stringify(service)} is refused with the names that are known`, () => {
      assert.throws(() => endpointServiceName(service, "eu-west-1"), /knows no such service; it knows .*ecr\.api/);
      assert.equal(endpointServiceExists(service, "eu-west-1"), false);
    });
  }

  it("a malformed region is refused", () => {
    assert.throws(() => endpointServiceName("ec2", "eu-west-1a"), /is not the name of a region/);
    assert.throws(() => endpointServiceExists("ec2", "europe"), /is not the name of a region/);
    assert.throws(() => endpointSet("gateway", "europe"), /is not the name of a region/);
  });
});

describe("sets of endpoints", () => {
  it("have a name, or a reason why not, for every member in every region", () => {
    for (const region of Object.keys(regions)) {
      for (const name of setNames) {
        const set = endpointSet(name, region, everything);
        for (const service of set.gateway) {
          assert.equal(endpointServiceName(service, region, "gateway"), `com.amazonaws.${region}.${service}`);
        }
        for (const service of set.interface) {
          assert.match(endpointServiceName(service, region, "interface"), /^(cn\.)?com\.amazonaws\./);
        }
        for (const { service, reason } of set.missing) {
          assert.throws(() => endpointServiceName(service, region, "interface"));
          assert.notEqual(reason, "");
        }
        const all = [...set.interface, ...set.missing.map(({ service }) => service)];
        assert.equal(new Set(all).size, all.length, `${name} has a service twice`);
      }
    }
  });

  it("gateway is S3 and DynamoDB, without an interface to pay for", () => {
    assert.deepEqual(endpointSet("gateway", "eu-west-1"), { gateway: ["s3", "dynamodb"], interface: [], missing: [] });
  });

  it("standard is what nodes, pods and tasks call all the time", () => {
    assert.deepEqual([...endpointSet("standard", "ap-southeast-1").interface].sort(), [
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks-auth",
      "kms",
      "logs",
      "ssm",
      "ssmmessages",
      "sts",
    ]);
  });

  it("standard answers Security Hub's EC2.10, EC2.55, EC2.56 and EC2.57 in every region", () => {
    for (const region of Object.keys(regions)) {
      const { interface: services } = endpointSet("standard", region, {});
      for (const service of ["ec2", "ecr.api", "ecr.dkr", "ssm"] as const) {
        assert.ok(services.includes(service), `${service} in ${region}`);
      }
    }
  });

  it("isolated has all that a private EKS cluster needs, and ECS Exec with a key", () => {
    const set = endpointSet("isolated", "eu-west-1");
    const cluster = [
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "sts",
      "eks-auth",
      "logs",
      "elasticloadbalancing",
      "autoscaling",
    ] as const;
    for (const service of [...cluster, "ssmmessages", "kms", "ecs", "ecs-agent", "ecs-telemetry"] as const) {
      assert.ok(set.interface.includes(service), service);
    }
    assert.ok(set.gateway.includes("s3"));
    assert.equal(set.interface.length, 18);
  });

  it("isolated has everything that standard has", () => {
    const isolated = endpointSet("isolated", "eu-west-1").interface;
    for (const service of endpointSet("standard", "eu-west-1").interface) {
      assert.ok(isolated.includes(service), service);
    }
  });

  it("isolated says that load balancers can't be managed from inside in China", () => {
    assert.deepEqual(endpointSet("isolated", "cn-northwest-1").missing, [
      { service: "elasticloadbalancing", reason: "ELB has no VPC endpoint in China" },
    ]);
    assert.deepEqual(endpointSet("isolated", "us-gov-west-1").missing, []);
  });

  it("leave out what only EKS or only ECS calls where it doesn't run", () => {
    const ecsOnly = endpointSet("isolated", "eu-west-1", { ecs: true }).interface;
    const eksOnly = endpointSet("isolated", "eu-west-1", { eks: true }).interface;
    for (const service of ["eks", "eks-auth", "elasticloadbalancing", "autoscaling"] as const) {
      assert.ok(!ecsOnly.includes(service), service);
      assert.ok(eksOnly.includes(service), service);
    }
    for (const service of ["ecs", "ecs-agent", "ecs-telemetry"] as const) {
      assert.ok(ecsOnly.includes(service), service);
      assert.ok(!eksOnly.includes(service), service);
    }
  });

  it("have X-Ray only when something traces", () => {
    assert.ok(!endpointSet("isolated", "eu-west-1").interface.includes("xray"));
    assert.ok(endpointSet("isolated", "eu-west-1", everything).interface.includes("xray"));
  });
});
