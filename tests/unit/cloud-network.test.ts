import { strict as assert } from "node:assert";
import { Answer, refusal, Room } from "./cloud-room";

const VPC = "aws:ec2/vpc:Vpc";
const BLOCK = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const IGW = "aws:ec2/internetGateway:InternetGateway";
const EIP = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";
const ENI = "aws:ec2/networkInterface:NetworkInterface";

describe("the simulated network", () => {
  let room: Room;
  let vpc: Answer;
  const subnet = (cidrBlock: string, more = {}) => room.create(SUBNET, { vpcId: vpc.id, cidrBlock, ...more });

  beforeEach(() => {
    room = new Room();
    vpc = room.create(VPC, { cidrBlock: "10.2.0.0/16" });
  });
  afterEach(() => room.close());

  it("gives a VPC its main route table, default group and default list, and takes them away with it", () => {
    const made = room.store.list().filter(({ urn }) => urn === "");
    assert.deepEqual(made.map(({ id }) => id.split("-")[0]).sort(), ["acl", "rtb", "sg"]);
    assert.deepEqual(
      made.map(({ id }) => id).sort(),
      ["defaultNetworkAclId", "defaultRouteTableId", "defaultSecurityGroupId"].map((name) => vpc.outputs[name]).sort(),
    );
    room.delete(vpc);
    assert.deepEqual(room.store.list(), []);
  });

  const vectors: [primary: string, candidate: string, verdict: string][] = [
    ["10.2.0.0/16", "100.64.0.0/16", "ok"],
    ["192.168.0.0/16", "100.64.0.0/16", "ok"],
    ["172.31.0.0/16", "100.64.0.0/16", "ok"],
    ["192.168.0.0/24", "192.168.1.0/24", "ok"],
    ["10.2.0.0/16", "10.0.0.0/16", "ok"],
    ["10.1.0.0/16", "10.0.8.0/24", "InvalidVpc.Range"],
    ["10.0.0.0/20", "10.0.16.0/20", "InvalidVpc.Range"],
    ["10.0.0.0/16", "10.1.0.0/16", "ok"],
    ["10.0.0.0/16", "172.16.0.0/16", "InvalidVpc.Range"],
    ["172.16.0.0/16", "172.31.0.0/20", "InvalidVpc.Range"],
    ["192.168.0.0/16", "198.19.0.0/20", "InvalidVpc.Range"],
    ["100.64.0.0/16", "10.0.0.0/16", "InvalidVpc.Range"],
    ["10.2.0.0/16", "169.254.0.0/20", "InvalidVpc.Range"],
    ["10.2.0.0/16", "224.0.0.0/16", "InvalidVpc.Range"],
    ["10.2.0.0/16", "10.2.128.0/20", "CidrConflict"],
    ["10.2.0.0/16", "100.64.0.0/15", "between 16 and 28 significant bits, got: 15"],
    ["10.2.0.0/16", "100.64.0.0/29", "between 16 and 28 significant bits, got: 29"],
  ];
  for (const [primary, candidate, verdict] of vectors) {
    it(`answers "${verdict}" to ${candidate} in a VPC of ${primary}`, () => {
      const it = room.create(VPC, { cidrBlock: primary });
      const associate = () => room.create(BLOCK, { vpcId: it.id, cidrBlock: candidate });
      if (verdict === "ok") assert.match(associate().id, /^vpc-cidr-assoc-0[0-9a-f]{16}$/);
      else assert.ok(refusal(associate).includes(verdict), refusal(associate));
    });
  }

  it("refuses a sixth block by default, and takes it with a higher quota", () => {
    const fill = (where: Room, vpcId: string) =>
      [1, 2, 3, 4, 5].forEach((n) => where.create(BLOCK, { vpcId, cidrBlock: `100.${63 + n}.0.0/16` }));
    assert.match(
      refusal(() => fill(room, vpc.id)),
      /CidrLimitExceeded: This network vpc-\w+ has met its maximum number of allowed CIDRs: 5/,
    );
    const larger = new Room({ vpcCidrBlocks: 6 });
    fill(larger, larger.create(VPC, { cidrBlock: "10.2.0.0/16" }).id);
    larger.close();
  });

  it("keeps a block for as long as a subnet lies in it", () => {
    const block = room.create(BLOCK, { vpcId: vpc.id, cidrBlock: "100.64.0.0/16" });
    const pods = subnet("100.64.0.0/18");
    assert.match(
      refusal(() => room.delete(block)),
      /DisassociateVpcCidrBlock.*InvalidCidrBlock\.InUse/,
    );
    room.delete(pods);
    room.delete(block);
  });

  it("refuses a subnet outside the VPC's blocks until the block is associated", () => {
    assert.match(
      refusal(() => subnet("100.64.0.0/18")),
      /^creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidSubnet\.Range: The CIDR '100\.64\.0\.0\/18' is invalid\.$/,
    );
    room.create(BLOCK, { vpcId: vpc.id, cidrBlock: "100.64.0.0/16" });
    assert.equal(subnet("100.64.0.0/18").outputs["availabilityZone"], "ap-southeast-1a");
  });

  it("refuses overlapping subnets, other regions' zones, and VPCs that are not there", () => {
    subnet("10.2.0.0/24");
    assert.match(
      refusal(() => subnet("10.2.0.128/25")),
      /InvalidSubnet\.Conflict: The CIDR '10\.2\.0\.128\/25' conflicts with another subnet/,
    );
    assert.match(
      refusal(() => subnet("10.2.1.0/24", { availabilityZone: "eu-west-1a" })),
      /InvalidParameterValue: Value \(eu-west-1a\).*: ap-southeast-1a, ap-southeast-1b, ap-southeast-1c\./,
    );
    assert.match(
      refusal(() => room.create(SUBNET, { vpcId: "vpc-0", cidrBlock: "10.2.1.0/24" })),
      /InvalidVpcID\.NotFound: The vpc ID 'vpc-0' does not exist/,
    );
  });

  it("lets a VPC go only when nothing is left in it", () => {
    const inside = subnet("10.2.0.0/24");
    assert.match(
      refusal(() => room.delete(vpc)),
      /^deleting EC2 VPC \(vpc-\w+\): .*DependencyViolation: The vpc 'vpc-\w+' has dependencies and cannot be deleted\./,
    );
    room.delete(inside);
    room.delete(vpc);
  });

  it("allows one route a destination and one table a subnet", () => {
    const gateway = room.create(IGW, { vpcId: vpc.id });
    const table = room.create(TABLE, { vpcId: vpc.id });
    const place = subnet("10.2.0.0/24");
    const route = () =>
      room.create(ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    route();
    assert.match(refusal(route), /RouteAlreadyExists: The route identified by 0\.0\.0\.0\/0 already exists/);
    const associate = () => room.create(ASSOCIATION, { routeTableId: table.id, subnetId: place.id });
    associate();
    assert.match(
      refusal(associate),
      /Resource\.AlreadyAssociated: the specified association for route table rtb-\w+ conflicts with an existing association/,
    );
  });

  it("refuses routes and associations between VPCs", () => {
    const other = room.create(VPC, { cidrBlock: "10.3.0.0/16" });
    const gateway = room.create(IGW, { vpcId: other.id });
    const table = room.create(TABLE, { vpcId: vpc.id });
    const foreign = room.create(SUBNET, { vpcId: other.id, cidrBlock: "10.3.0.0/24" });
    assert.match(
      refusal(() =>
        room.create(ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id }),
      ),
      /belong to different networks/,
    );
    assert.match(
      refusal(() => room.create(ASSOCIATION, { routeTableId: table.id, subnetId: foreign.id })),
      /belong to different networks/,
    );
  });

  it("attaches one internet gateway to a VPC, and keeps it while public addresses are mapped", () => {
    const gateway = room.create(IGW, { vpcId: vpc.id });
    assert.match(
      refusal(() => room.create(IGW, { vpcId: vpc.id })),
      /Network vpc-\w+ already has an internet gateway attached/,
    );
    const nat = room.create(NAT, { subnetId: subnet("10.2.0.0/24").id, allocationId: room.create(EIP, {}).id });
    assert.match(
      refusal(() => room.delete(gateway)),
      /^detaching EC2 Internet Gateway \(igw-\w+\) from VPC \(vpc-\w+\): .*DetachInternetGateway.*mapped public address/,
    );
    room.delete(nat);
    room.delete(gateway);
  });

  it("fails a NAT gateway after it was made when its VPC has no internet gateway", () => {
    const nat = room.create(NAT, { subnetId: subnet("10.2.0.0/24").id, allocationId: room.create(EIP, {}).id });
    assert.match(
      nat.failure ?? "",
      /waiting for EC2 NAT Gateway \(nat-\w+\) create: unexpected state 'failed'.*Gateway\.NotAttached: Network vpc-\w+ has no Internet gateway attached/,
    );
    assert.equal(room.store.get(NAT, nat.id, "ap-southeast-1")?.id, nat.id);
  });

  it("gives an address to one NAT gateway only, and shows it there", () => {
    room.create(IGW, { vpcId: vpc.id });
    const address = room.create(EIP, {});
    const [first, second] = ["10.2.0.0/24", "10.2.1.0/24"].map((cidr) =>
      room.create(NAT, { subnetId: subnet(cidr).id, allocationId: address.id }),
    );
    assert.equal(first?.failure, undefined);
    assert.equal(first?.outputs["publicIp"], address.outputs["publicIp"]);
    assert.equal(room.read(address)?.["privateIp"], first?.outputs["privateIp"]);
    assert.match(
      second?.failure ?? "",
      /Resource\.AlreadyAssociated: Elastic IP address \[eipalloc-\w+\] is already associated/,
    );
    assert.match(
      refusal(() => room.delete(address)),
      /AuthFailure: You do not have permission/,
    );
  });

  it("gives an account five Elastic IP addresses a region unless its quota is higher", () => {
    for (let n = 0; n < 5; n++) room.create(EIP, {});
    assert.match(
      refusal(() => room.create(EIP, {})),
      /AddressLimitExceeded: The maximum number of addresses has been reached/,
    );
  });

  it("hands out a subnet's addresses but for the first four and the last, each once", () => {
    const { id } = subnet("10.2.0.0/28");
    const address = (privateIp: string) => room.create(ENI, { subnetId: id, privateIps: [privateIp] });
    assert.match(
      refusal(() => address("10.2.0.3")),
      /is in subnet's reserved address range/,
    );
    assert.match(
      refusal(() => address("10.2.0.15")),
      /is in subnet's reserved address range/,
    );
    assert.match(
      refusal(() => address("10.2.1.4")),
      /does not fall within the subnet's address range/,
    );
    address("10.2.0.4");
    assert.match(
      refusal(() => address("10.2.0.4")),
      /InvalidIPAddress\.InUse/,
    );
    const others = Array.from({ length: 10 }, () => String(room.create(ENI, { subnetId: id }).outputs["privateIp"]));
    assert.equal(new Set([...others, "10.2.0.4"]).size, 11);
    assert.match(
      refusal(() => room.create(ENI, { subnetId: id })),
      /InsufficientFreeAddressesInSubnet/,
    );
  });
});
