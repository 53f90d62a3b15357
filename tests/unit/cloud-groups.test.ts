import { strict as assert } from "node:assert";
import { Answer, refusal, Room } from "./cloud-room";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const TABLE = "aws:ec2/routeTable:RouteTable";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const ENI = "aws:ec2/networkInterface:NetworkInterface";

const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };
const logs = "com.amazonaws.ap-southeast-1.logs";

describe("the simulated security groups", () => {
  let room: Room;
  let vpc: Answer;
  const group = (name: string, more = {}) => room.create(GROUP, { vpcId: vpc.id, name, ...more });

  beforeEach(() => {
    room = new Room();
    vpc = room.create(VPC, { cidrBlock: "10.2.0.0/16" });
  });
  afterEach(() => room.close());

  it("have names that are unique in their VPC and not AWS's own", () => {
    group("web");
    assert.match(
      refusal(() => group("web")),
      /creating Security Group \(web\): .*InvalidGroup\.Duplicate: The security group 'web' already exists for VPC 'vpc-\w+'/,
    );
    assert.match(
      refusal(() => group("default")),
      /Cannot use reserved security group name: default/,
    );
    assert.match(
      refusal(() => group("sg-web")),
      /Group names may not be in the format sg-\*/,
    );
    const other = room.create(VPC, { cidrBlock: "10.3.0.0/16" });
    room.create(GROUP, { vpcId: other.id, name: "web" });
  });

  it("hold each rule once, whichever way it is written", () => {
    const web = group("web", { ingress: [{ ...HTTPS, cidrBlocks: ["10.0.0.0/8"] }] });
    const separate = () =>
      room.create(INGRESS, {
        securityGroupId: web.id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "10.0.0.0/8",
      });
    assert.match(
      refusal(separate),
      /InvalidPermission\.Duplicate: the specified rule "peer: 10\.0\.0\.0\/8, TCP, from port: 443, to port: 443, ALLOW" already exists/,
    );
    const everything = () =>
      room.create(RULE, {
        securityGroupId: web.id,
        type: "egress",
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: ["0.0.0.0/0"],
      });
    everything();
    assert.match(
      refusal(everything),
      /AuthorizeSecurityGroupEgress.*the specified rule "peer: 0\.0\.0\.0\/0, ALL, ALLOW" already exists/,
    );
  });

  it("refuse an inline rule that stands beside them already, and keep one that was inline before", () => {
    const inline = (cidr: string) => ({ ingress: [{ ...HTTPS, cidrBlocks: [cidr] }] });
    const web = group("web", inline("10.0.0.0/8"));
    room.create(INGRESS, {
      ...{ securityGroupId: web.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "172.16.0.0/12" },
    });
    const change = (cidr: string) => room.update(web, { vpcId: vpc.id, name: "web", ...inline(cidr) });
    assert.match(
      refusal(() => change("172.16.0.0/12")),
      /InvalidPermission\.Duplicate/,
    );
    change("10.0.0.0/8");
  });

  it("stay while another group's rule or an interface names them, but not for a rule about themselves", () => {
    const [a, b] = [group("a"), group("b")];
    room.create(RULE, { securityGroupId: a.id, type: "ingress", ...HTTPS, self: true });
    const rule = room.create(INGRESS, { securityGroupId: b.id, ipProtocol: "-1", referencedSecurityGroupId: a.id });
    assert.match(
      refusal(() => room.delete(a)),
      /deleting Security Group \(sg-\w+\): .*DependencyViolation: resource sg-\w+ has a dependent object/,
    );
    room.delete(rule);
    const place = room.create(SUBNET, { vpcId: vpc.id, cidrBlock: "10.2.0.0/24" });
    const card = room.create(ENI, { subnetId: place.id, securityGroups: [a.id] });
    assert.match(
      refusal(() => room.delete(a)),
      /DependencyViolation/,
    );
    room.delete(card);
    room.delete(a);
  });

  it("cannot be told of a group in another VPC, nor given to a subnet there", () => {
    const other = room.create(VPC, { cidrBlock: "10.3.0.0/16" });
    const foreign = room.create(GROUP, { vpcId: other.id, name: "foreign" });
    assert.match(
      refusal(() =>
        room.create(INGRESS, {
          securityGroupId: group("a").id,
          ipProtocol: "-1",
          referencedSecurityGroupId: foreign.id,
        }),
      ),
      /two resources that belong to different networks/,
    );
    const place = room.create(SUBNET, { vpcId: vpc.id, cidrBlock: "10.2.0.0/24" });
    assert.match(
      refusal(() => room.create(ENI, { subnetId: place.id, securityGroups: [foreign.id] })),
      /Security group sg-\w+ and subnet subnet-\w+ belong to different networks/,
    );
  });

  it("take sixty rules in each direction", () => {
    const cidrBlocks = Array.from({ length: 61 }, (_, n) => `10.${n}.0.0/16`);
    assert.match(
      refusal(() => group("many", { ingress: [{ ...HTTPS, cidrBlocks }] })),
      /RulesPerSecurityGroupLimitExceeded/,
    );
  });

  it("show the rules that were made apart from them when they are read", () => {
    const web = group("web");
    room.create(INGRESS, {
      securityGroupId: web.id,
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      cidrIpv4: "10.0.0.0/8",
    });
    const [rule] = room.read(web)?.["ingress"] as Record<string, unknown>[];
    assert.deepEqual([rule?.["fromPort"], rule?.["cidrBlocks"]], [80, ["10.0.0.0/8"]]);
  });

  it("are checked by the provider before AWS is asked", () => {
    assert.match(
      room.reasons(GROUP, { vpcId: "v", ingress: [{ ...HTTPS, cidrBlocks: ["10.0.0.1/8"] }] }).join(),
      /"10\.0\.0\.1\/8" is not a valid IPv4 CIDR block; did you mean "10\.0\.0\.0\/8"\?/,
    );
    assert.match(
      room.reasons(RULE, { securityGroupId: "s", type: "ingress", ...HTTPS }).join(),
      /one of `cidr_blocks,ipv6_cidr_blocks,prefix_list_ids,.*source_security_group_id` must be specified/,
    );
    assert.match(
      room.reasons(INGRESS, { securityGroupId: "s", ipProtocol: "tcp" }).join(),
      /Exactly one of these attributes must be configured: \[cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id\]/,
    );
    assert.match(
      room
        .reasons(GROUP, {
          vpcId: "v",
          ingress: [{ protocol: "-1", fromPort: 1, toPort: 2, cidrBlocks: ["10.0.0.0/8"] }],
        })
        .join(),
      /must both be 0 to use the 'ALL' "-1" protocol!/,
    );
  });
});

describe("the simulated VPC endpoints and flow logs", () => {
  let room: Room;
  let vpc: Answer;
  const endpoint = (serviceName: string, more = {}) => room.create(ENDPOINT, { vpcId: vpc.id, serviceName, ...more });
  const place = (cidrBlock: string, availabilityZone = "ap-southeast-1a") =>
    room.create(SUBNET, { vpcId: vpc.id, cidrBlock, availabilityZone });

  beforeEach(() => {
    room = new Room();
    vpc = room.create(VPC, { cidrBlock: "10.2.0.0/16", enableDnsHostnames: true });
  });
  afterEach(() => room.close());

  it("refuse a service that the region does not have, or has in another form", () => {
    assert.match(
      refusal(() => endpoint("com.amazonaws.eu-west-1.s3")),
      /creating EC2 VPC Endpoint \(com\.amazonaws\.eu-west-1\.s3\): .*InvalidServiceName: The Vpc Endpoint Service 'com\.amazonaws\.eu-west-1\.s3' does not exist/,
    );
    assert.match(
      refusal(() => endpoint("com.amazonaws.ap-southeast-1.nothing")),
      /InvalidServiceName/,
    );
    assert.match(
      refusal(() => endpoint(logs)),
      /Endpoint type \(Gateway\) does not match available service types/,
    );
  });

  it("know the names of the China partition", () => {
    const china = new Room({}, { account: "123456789012", partition: "aws-cn", region: "cn-north-1" });
    const there = china.create(VPC, { cidrBlock: "10.2.0.0/16" });
    const make = (serviceName: string) =>
      china.create(ENDPOINT, { vpcId: there.id, serviceName, vpcEndpointType: "Interface" });
    assert.match(
      String(make("cn.com.amazonaws.cn-north-1.ecr.api").outputs["arn"]),
      /^arn:aws-cn:ec2:cn-north-1:123456789012:vpc-endpoint\/vpce-/,
    );
    assert.match(
      refusal(() => make("com.amazonaws.cn-north-1.ecr.api")),
      /InvalidServiceName/,
    );
    assert.match(
      refusal(() => make("com.amazonaws.cn-north-1.elasticloadbalancing")),
      /InvalidServiceName/,
    );
    china.close();
  });

  it("stand in one subnet of each zone, with an address in each", () => {
    const [a, b] = [place("10.2.0.0/24"), place("10.2.1.0/24", "ap-southeast-1b")];
    const twice = place("10.2.2.0/24");
    const make = (...subnets: Answer[]) =>
      endpoint(logs, { vpcEndpointType: "Interface", subnetIds: subnets.map(({ id }) => id) });
    assert.match(
      refusal(() => make(a, twice)),
      /DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of subnet-/,
    );
    const made = make(a, b);
    assert.equal((made.outputs["networkInterfaceIds"] as string[]).length, 2);
    assert.match(
      refusal(() => room.delete(a)),
      /DependencyViolation: The subnet 'subnet-\w+' has dependencies/,
    );
    room.delete(made);
    room.delete(a);
  });

  it("want both DNS attributes for private DNS, and take a service's name once", () => {
    const plain = room.create(VPC, { cidrBlock: "10.3.0.0/16" });
    const named = (vpcId: string) =>
      room.create(ENDPOINT, { vpcId, serviceName: logs, vpcEndpointType: "Interface", privateDnsEnabled: true });
    assert.match(
      refusal(() => named(plain.id)),
      /Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-/,
    );
    named(vpc.id);
    assert.match(
      refusal(() => named(vpc.id)),
      /conflicting DNS domain for logs\.ap-southeast-1\.amazonaws\.com in the VPC vpc-/,
    );
  });

  it("lead a route table to one gateway of a service", () => {
    const table = room.create(TABLE, { vpcId: vpc.id });
    const make = () => endpoint("com.amazonaws.ap-southeast-1.s3", { routeTableIds: [table.id] });
    const made = make();
    assert.match(
      refusal(make),
      /RouteAlreadyExists: route table rtb-\w+ already has a route with destination-prefix-list-id pl-/,
    );
    assert.equal(
      room.call("aws:ec2/getPrefixList:getPrefixList", { name: "com.amazonaws.ap-southeast-1.s3" })["id"],
      made.outputs["prefixListId"],
    );
  });

  it("log a VPC to one place once, with a role where CloudWatch Logs wants one", () => {
    const logDestination = "arn:aws:logs:ap-southeast-1:123456789012:log-group:flow";
    const make = (more = {}) => room.create(FLOW_LOG, { vpcId: vpc.id, trafficType: "ALL", logDestination, ...more });
    assert.match(
      refusal(() => make()),
      /DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs/,
    );
    const iamRoleArn = "arn:aws:iam::123456789012:role/flow";
    make({ iamRoleArn });
    assert.match(
      refusal(() => make({ iamRoleArn })),
      /FlowLogAlreadyExists/,
    );
    assert.match(
      room.reasons(FLOW_LOG, { trafficType: "SOME" }).join(),
      /expected traffic_type to be one of \["ACCEPT" "REJECT" "ALL"\], got SOME/,
    );
  });
});
