import assert from "node:assert/strict";
import { ec2TrustPrincipals, irsaAudience, servicePrincipal } from "../../components/aws/principals";

describe("service principals", () => {
  for (const service of ["eks", "ecs", "ecs-tasks", "pods.eks", "vpc-flow-logs", "backup", "elasticfilesystem"]) {
    it(`${service} has the same principal in every partition`, () => {
      for (const region of ["eu-west-1", "cn-north-1", "us-gov-west-1"]) {
        assert.equal(servicePrincipal(service, region), `${service}.amazonaws.com`);
      }
    });
  }

  it("CloudWatch Logs has one for each region, with the partition's suffix", () => {
    assert.equal(servicePrincipal("logs", "eu-west-1"), "logs.eu-west-1.amazonaws.com");
    assert.equal(servicePrincipal("logs", "us-gov-west-1"), "logs.us-gov-west-1.amazonaws.com");
    assert.equal(servicePrincipal("logs", "cn-northwest-1"), "logs.cn-northwest-1.amazonaws.com.cn");
  });

  it("CodeDeploy has a regional one in China only", () => {
    assert.equal(servicePrincipal("codedeploy", "cn-north-1"), "codedeploy.cn-north-1.amazonaws.com.cn");
    assert.equal(servicePrincipal("codedeploy", "eu-west-1"), "codedeploy.amazonaws.com");
  });

  it("EMR has China's suffix in China only", () => {
    assert.equal(servicePrincipal("elasticmapreduce", "cn-north-1"), "elasticmapreduce.amazonaws.com.cn");
    assert.equal(servicePrincipal("elasticmapreduce", "us-gov-west-1"), "elasticmapreduce.amazonaws.com");
  });

  it("are refused for a malformed region", () => {
    assert.throws(() => servicePrincipal("eks", "cn-north"), /is not the name of a region/);
    assert.throws(() => ec2TrustPrincipals("cn"), /is not the name of a region/);
  });

  it("EC2 roles trust both spellings in China and one elsewhere", () => {
    assert.deepEqual(ec2TrustPrincipals("cn-north-1"), ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]);
    assert.deepEqual(ec2TrustPrincipals("eu-west-1"), ["ec2.amazonaws.com"]);
    assert.deepEqual(ec2TrustPrincipals("us-gov-east-1"), ["ec2.amazonaws.com"]);
  });

  it("the audience of IRSA has no China suffix", () => {
    assert.equal(irsaAudience, "sts.amazonaws.com");
  });
});
