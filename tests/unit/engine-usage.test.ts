import assert from "node:assert/strict";
import { UsageError, readRequest } from "../../sandbox/cli/usage";

describe("the sandbox's command line", () => {
  it("without arguments is an up of dev, with policies", () => {
    const request = readRequest([]);
    assert.deepEqual(request, {
      operation: "up",
      stack: "dev",
      fresh: false,
      json: false,
      policies: true,
      fault: [],
    });
  });

  it("takes faults one by one, in their order", () => {
    const request = readRequest(["up", "--fault", "kill:Subnet:3", "--fault", "throttle:aws:ec2/vpc:Vpc:2"]);
    assert.deepEqual(request?.fault, ["kill:Subnet:3", "throttle:aws:ec2/vpc:Vpc:2"]);
  });

  const wrong: [string, string[], RegExp][] = [
    ["an operation that there is not", ["deploy"], /"deploy" is no operation.*preview, up, refresh, destroy, cycle/],
    ["an option that there is not", ["--frsh"], /unknown option '--frsh'.*--fresh/s],
    ["a stack name that would be a path", ["--stack", "../../etc"], /is no stack name/],
    ["a fault of no known kind", ["--fault", "explode:Vpc"], /throttle\|fail\|lost\|kill/],
    ["a second operation", ["up", "destroy"], /too many arguments/],
    ["an option without its value", ["--stack"], /argument missing/],
  ];
  for (const [what, args, message] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readRequest(args),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
