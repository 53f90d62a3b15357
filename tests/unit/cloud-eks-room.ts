/** A simulated cloud with a VPC in three zones, the roles and a key, where clusters can be made. */
import { Properties } from "../../sandbox/cloud/table";
import { ACCOUNT, Answer, Room } from "./cloud-room";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const ADDON = "aws:eks/addon:Addon";
export const ENTRY = "aws:eks/accessEntry:AccessEntry";
export const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const VPC = "aws:ec2/vpc:Vpc";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export class EksRoom extends Room {
  readonly vpc: Answer;
  readonly subnets: Answer[];
  readonly clusterRole: Answer;
  readonly nodeRole: Answer;

  constructor(account = ACCOUNT, zones = ["a", "b", "c"]) {
    super({}, account);
    this.vpc = this.create(VPC, { cidrBlock: "10.20.0.0/16" });
    this.subnets = zones.map((zone, i) => this.subnet(`10.20.${i * 16}.0/20`, zone));
    this.clusterRole = this.role("eks", "eks.amazonaws.com");
    const suffix = account.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    this.nodeRole = this.role("node", `ec2.${suffix}`);
  }

  subnet(cidrBlock: string, zone: string, vpc = this.vpc): Answer {
    return this.create(SUBNET, { vpcId: vpc.id, cidrBlock, availabilityZone: `${this.account.region}${zone}` });
  }

  role(name: string, ...services: string[]): Answer {
    const statement = {
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Principal: { Service: services },
    };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    return this.create("aws:iam/role:Role", { name, assumeRolePolicy });
  }

  clusterInputs(more: Properties = {}): Properties {
    return given({
      name: "prod",
      roleArn: this.clusterRole.outputs["arn"],
      version: "1.35",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      ...more,
      vpcConfig: {
        ...{ subnetIds: this.subnets.map(({ id }) => id), endpointPrivateAccess: true, endpointPublicAccess: false },
        ...(more["vpcConfig"] as object | undefined),
      },
    });
  }

  cluster(more: Properties = {}): Answer {
    return this.create(CLUSTER, this.clusterInputs(more));
  }

  groupInputs(more: Properties = {}): Properties {
    return given({
      ...{ clusterName: "prod", nodeGroupName: "x86", nodeRoleArn: this.nodeRole.outputs["arn"] },
      subnetIds: this.subnets.map(({ id }) => id),
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
      ...more,
    });
  }

  group(more: Properties = {}): Answer {
    return this.create(NODE_GROUP, this.groupInputs(more));
  }
}

/** What is undefined is not there, as on the wire. */
function given(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
