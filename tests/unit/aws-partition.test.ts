import assert from "node:assert/strict";
import {
  arn,
  eksAccessPolicyArn,
  isRegionName,
  managedPolicyArn,
  parseArn,
  partitionOf,
  partitions,
  type PartitionId,
} from "../../components/aws/partition";

describe("aws partitions", () => {
  const partitionByRegion: [string, PartitionId, string][] = [
    ["us-east-1", "aws", "amazonaws.com"],
    ["ap-southeast-1", "aws", "amazonaws.com"],
    ["mx-central-1", "aws", "amazonaws.com"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
  ];
  for (const [region, id, dnsSuffix] of partitionByRegion) {
    it(`puts ${region} in ${id}, whose hosts end in ${dnsSuffix}`, () => {
      const partition = partitionOf(region);
      assert.equal(partition.id, id);
      assert.equal(partition.dnsSuffix, dnsSuffix);
    });
  }

  it("puts a region that nobody has heard of in the partition that its name tells", () => {
    assert.equal(partitionOf("sa-west-9").id, "aws");
    assert.equal(partitionOf("cn-south-2").id, "aws-cn");
    assert.equal(partitionOf("us-gov-central-1").id, "aws-us-gov");
  });

  for (const text of [
    "",
    "china",
    "eu-west-1a",
    "EU-WEST-1",
    "cn-north",
    "us-gov-west",
    " us-east-1",
    "us-east-1\n",
    "aws-cn",
  ]) {
    it(`refuses ${JSON.stringify(text)}, which is no region's name`, () => {
      assert.throws(
        () => partitionOf(text),
        /is not the name of a region of aws, aws-cn, aws-us-gov\. Use one such as/,
      );
      assert.equal(isRegionName(text), false);
    });
  }

  for (const region of ["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "eusc-de-east-1"]) {
    it(`refuses ${region} rather than treat an unsupported partition as the commercial one`, () => {
      assert.throws(() => partitionOf(region), /is not the name of a region/);
    });
  }

  it("files every partition under its own id, with a suffix of its own kind", () => {
    for (const [id, partition] of Object.entries(partitions)) {
      assert.equal(partition.id, id);
      assert.equal(partition.dnsSuffix.endsWith(".cn"), id === "aws-cn");
      assert.equal(partition.dualStackDnsSuffix.endsWith(".cn"), id === "aws-cn");
    }
  });
});

describe("ARNs", () => {
  it("are built with the partition's id, given as the partition or as the id", () => {
    const text = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/aws/eks/prod/cluster";
    const resource = "log-group:/aws/eks/prod/cluster";
    assert.equal(arn(partitionOf("cn-north-1"), "logs", "cn-north-1", "123456789012", resource), text);
    assert.equal(arn("aws-cn", "logs", "cn-north-1", "123456789012", resource), text);
  });

  it("leave the region and account empty where the service is global", () => {
    assert.equal(arn("aws", "iam", "", "123456789012", "root"), "arn:aws:iam::123456789012:root");
    assert.equal(arn("aws-us-gov", "s3", "", "", "bucket/*"), "arn:aws-us-gov:s3:::bucket/*");
  });

  it("of managed policies belong to AWS, with the policy's path", () => {
    assert.equal(
      managedPolicyArn("aws-cn", "AmazonEKSClusterPolicy"),
      "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy",
    );
    assert.equal(
      managedPolicyArn(partitionOf("us-east-1"), "service-role/AmazonEBSCSIDriverPolicy"),
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    );
  });

  it("of EKS access policies are not IAM policies", () => {
    assert.equal(
      eksAccessPolicyArn("aws-cn", "AmazonEKSViewPolicy"),
      "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    );
  });

  it("come apart into what they were built from, colons and slashes of the resource included", () => {
    const parts = {
      partition: "aws",
      service: "iam",
      region: "",
      account: "123456789012",
      resource: "role/path/platform-admin",
    };
    assert.deepEqual(parseArn("arn:aws:iam::123456789012:role/path/platform-admin"), parts);
    assert.deepEqual(parseArn("arn:aws-cn:logs:cn-north-1:123456789012:log-group:/a:*"), {
      partition: "aws-cn",
      service: "logs",
      region: "cn-north-1",
      account: "123456789012",
      resource: "log-group:/a:*",
    });
    assert.equal(parseArn("arn:aws:iam::aws:policy/AdministratorAccess")?.account, "aws");
    assert.equal(parseArn("arn:aws:s3:::bucket")?.resource, "bucket");
  });

  it("of a partition that isn't supported are still ARNs, so that a check can name the partition", () => {
    assert.equal(parseArn("arn:aws-iso-b:iam::123456789012:root")?.partition, "aws-iso-b");
  });

  for (const text of [
    "",
    "platform-admin",
    "arn:aws:iam::123456789012",
    "arn:aws:iam::123456789012:",
    "arn:aws:iam::12345678901:role/a",
    "arn:aws:iam::1234567890123:role/a",
    "arn:gcp:iam::123456789012:role/a",
    "arn:aws:IAM::123456789012:role/a",
    " arn:aws:iam::123456789012:role/a",
    "arn:aws:iam::123456789012: role/a",
  ]) {
    it(`don't include ${JSON.stringify(text)}`, () => {
      assert.equal(parseArn(text), undefined);
    });
  }
});
