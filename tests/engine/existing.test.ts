import assert from "node:assert/strict";
import { sandbox, StackFile } from "./sandbox";

const stack = "existing";
const subnet = (digit: string, cidr: string, zone: string) => ({ id: `subnet-${digit.repeat(17)}`, cidr, zone });
const given = {
  vpcId: "vpc-0123456789abcdef0",
  cidrs: ["10.30.0.0/16"],
  privateSubnets: [subnet("a", "10.30.0.0/20", "ap-southeast-1a"), subnet("b", "10.30.16.0/20", "ap-southeast-1b")],
};

describe("a VPC that exists", function () {
  this.timeout(300_000);
  const file = new StackFile(stack);
  const write = (existing: object) =>
    file.write({
      "aws:region": "ap-southeast-1",
      "container-platform:network": { existing },
      "container-platform:eks": null,
    });
  const run = (...args: string[]) => sandbox(...args, "--stack", stack, "--file", file.path);

  after(() => file.remove());

  it("is looked up and used, and neither changed nor deleted with the stack", () => {
    write(given);
    const outcome = run("up", "--fresh");
    assert.ok(outcome.ok, outcome.seen.slice(-4000));
    const types = new Set(outcome.stateResources.map(({ type }) => type));
    assert.ok(!types.has("aws:ec2/vpc:Vpc"));
    assert.ok(!types.has("aws:ec2/subnet:Subnet"));
    const outputs = outcome.stateResources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
    assert.equal(outputs?.["vpcId"], given.vpcId);
    assert.ok(run("destroy").ok);
    assert.ok(run("up").ok, "it is still there");
  });

  it("that the config describes wrongly stops the preview with every difference", () => {
    write(given);
    assert.ok(run("up", "--fresh").ok);
    const [first, second] = given.privateSubnets as [object, object];
    write({
      ...given,
      privateSubnets: [
        { ...first, cidr: "10.30.32.0/20" },
        { ...second, zone: "ap-southeast-1c" },
      ],
    });
    const outcome = run("preview");
    assert.equal(outcome.ok, false);
    assert.match(outcome.seen, /network\.existing does not describe vpc-0123456789abcdef0/);
    assert.match(
      outcome.seen,
      /privateSubnets\[0\]: subnet-a{17} has the block 10\.30\.0\.0\/20, not 10\.30\.32\.0\/20/,
    );
    assert.match(outcome.seen, /privateSubnets\[1\]: subnet-b{17} is in ap-southeast-1b, not ap-southeast-1c/);
    assert.doesNotMatch(outcome.seen, /at .*\.ts:\d+/, "no stack trace");
  });
});
