import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { checkPlatform } from "../../stacks/config/check";
import { readStackConfig } from "../../stacks/config/read-stack-config";

const everyKey = readFileSync(join(__dirname, "../fixtures/config/every-key.yaml"), "utf8");

/** Sets the config of the running stack as the engine does: every value as text, structured ones as JSON. */
function setConfig(config: Record<string, unknown>, secrets: string[] = []): void {
  pulumi.runtime.setMocks(
    { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs },
    "container-platform",
    "prod",
  );
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    value === null ? "" : typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>, secrets);
}

function failure(): pulumi.RunError {
  try {
    readStackConfig();
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return error;
  }
  throw new Error("no error was thrown");
}

describe("the config of the running stack", () => {
  afterEach(() => pulumi.runtime.setAllConfig({}));

  it("is the one that the file's check makes, with its plan", () => {
    const { config } = parse(everyKey) as { config: Record<string, unknown> };
    setConfig(config);
    const checked = checkPlatform(config, { stack: "prod" });
    const { network, nodeGroups, services } = checked.plan;
    assert.deepEqual(readStackConfig(), { config: checked.config, plan: network, nodeGroups, services });
  });

  it("reads null, which the engine hands on as an empty text", () => {
    setConfig({ "aws:region": "eu-west-1", "container-platform:eks": null });
    assert.equal(readStackConfig().config.eks, null);
  });

  it("stops the run with every problem in one error, without a stack trace", () => {
    setConfig({
      "aws:region": "eu-west-1",
      "container-platform:netwrok": {},
      "container-platform:network": { podCidr: "10.0.8.0/24" },
      "container-platform:eks": { version: "1.29" },
    });
    const { message } = failure();
    assert.match(message, /^Pulumi\.prod\.yaml has 3 problems\n/);
    assert.match(message, /netwrok .*CFG-UNKNOWN-KEY/);
    assert.match(message, /container-platform:network\.podCidr {2}10\.0\.8\.0\/24 +VPC-/);
    assert.match(message, /container-platform:eks\.version .*PRV-14/);
  });

  it("stops the run without a region", () => {
    setConfig({});
    assert.match(failure().message, /aws:region +CFG-MISSING/);
  });

  it("refuses a secret, which the program would see as plain text", () => {
    setConfig({ "aws:region": "eu-west-1", "container-platform:owner": "hidden-team" }, ["container-platform:owner"]);
    const { message } = failure();
    assert.match(message, /container-platform:owner .*CFG-SECRET/);
    assert.doesNotMatch(message, /hidden-team/);
  });
});
