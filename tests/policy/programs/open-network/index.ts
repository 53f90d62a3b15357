// Every mistake here is meant: tests/policy/engine.test.ts lists what the pack has to say about it.
import * as aws from "@pulumi/aws";

const network = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: network.id });
const pods = new aws.ec2.VpcIpv4CidrBlockAssociation("pods", { vpcId: network.id, cidrBlock: "100.64.0.0/16" });

const table = new aws.ec2.RouteTable("table", { vpcId: network.id });
new aws.ec2.Route("to-internet", {
  routeTableId: table.id,
  destinationCidrBlock: "0.0.0.0/0",
  gatewayId: gateway.id,
});

const exposed = new aws.ec2.Subnet("exposed", {
  vpcId: network.id,
  cidrBlock: "10.0.0.0/20",
  availabilityZone: "eu-west-1a",
  mapPublicIpOnLaunch: true,
  tags: { SubnetClass: "private" },
});
new aws.ec2.RouteTableAssociation("exposed", { subnetId: exposed.id, routeTableId: table.id });

new aws.ec2.Subnet(
  "late",
  {
    vpcId: network.id,
    cidrBlock: "100.64.0.0/18",
    availabilityZone: "eu-west-1b",
    tags: { SubnetClass: "pod", "kubernetes.io/role/internal-elb": "1" },
  },
  // Created in time all the same, by an order that no policy should trust.
  { dependsOn: process.env.WAIT_FOR_PODS ? [pods] : [] },
);

new aws.ec2.SecurityGroup("open", {
  vpcId: network.id,
  description: "Managed by Pulumi",
  ingress: [
    { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"], description: "shell" },
    // Not known in a preview: the second block of the gateway's own address would be.
    { protocol: "tcp", fromPort: 3389, toPort: 3389, cidrBlocks: [network.arn.apply(() => "0.0.0.0/0")] },
  ],
});

new aws.iam.Role("loose", {
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
  },
  tags: { Environment: "dev", Owner: "tests" },
});
