import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

interface Operation {
  readonly changes: Readonly<Record<string, number>>;
  readonly policies: {
    readonly mandatory: number;
    readonly violations: readonly { readonly policy: string; readonly resource: string; readonly message: string }[];
  };
}

/** Runs an operation of a program in tests/policy/programs with the real engine, from an empty cloud. */
function sandbox(operation: "preview" | "up", pack: string): { ok: boolean; log: string; last: Operation } {
  const args = [
    operation,
    "--fresh",
    "--json",
    "--program",
    "tests/policy/programs/open-network",
    "--policy-pack",
    pack,
  ];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/tsx/dist/cli.mjs"), "sandbox/cli/main.ts", ...args],
    { cwd: root, encoding: "utf8" },
  );
  const report = JSON.parse(stdout) as { ok: boolean; operations: Operation[] };
  const last = report.operations.at(-1);
  assert.ok(last, stderr);
  return { ok: report.ok, log: stderr, last };
}

function findings({ policies }: Operation): string[] {
  return policies.violations.map(({ policy, resource }) => `${policy} ${resource.split("::").pop() ?? ""}`).sort();
}

/** What the pack has to say of the program, by policy and resource; once for each place in a resource. */
const atAnyTime = [
  "ec2-security-group-admin-ports-ipv4 open",
  "ec2-security-group-authorized-ports open",
  "ec2-security-group-description open",
  "ec2-security-group-description open",
  "ec2-security-group-high-risk-ports open",
  "ec2-security-group-ssh open",
  "ec2-subnet-no-auto-public-ip exposed",
  "exemption-in-use open-network-dev",
  "exemption-in-use open-network-dev",
  "exemption-in-use open-network-dev",
  "iam-role-trust-not-public loose",
  "tags-required exposed",
  "tags-required gateway",
  "tags-required late",
  "tags-required network",
  "tags-required open",
  "tags-required table",
  "vpc-default-security-group-managed network",
  "vpc-dns-attributes network",
  "vpc-endpoint-ec2 network",
  "vpc-endpoint-ecr-api network",
  "vpc-endpoint-ecr-dkr network",
  "vpc-endpoint-ssm network",
  "vpc-endpoint-ssm-contacts network",
  "vpc-endpoint-ssm-incidents network",
  "vpc-pod-subnet-no-load-balancers late",
  "vpc-pod-subnet-route-table late",
  "vpc-private-subnet exposed",
  "vpc-private-subnet exposed",
  "vpc-private-subnets-two-zones network",
  "vpc-subnet-after-cidr-association late",
];

describe("the pack on the real engine", function () {
  this.timeout(600_000);

  it("finds in a preview what can be known, and says what it could not judge", () => {
    const { last } = sandbox("preview", "tests/policy/packs/advisory");
    assert.deepEqual(findings(last), [...atAnyTime, "not-judged-yet open-network-dev"].sort());
    const open = last.policies.violations.find(({ policy }) => policy === "not-judged-yet");
    assert.match(open?.message ?? "", /ec2-security-group-rdp \(1\)/);
  });

  it("finds the same in an update, and what the preview could not judge", () => {
    const { last, log } = sandbox("up", "tests/policy/packs/advisory");
    const onlyThen = [
      "ec2-security-group-admin-ports-ipv4 open",
      "ec2-security-group-authorized-ports open",
      "ec2-security-group-high-risk-ports open",
      "ec2-security-group-rdp open",
    ];
    assert.deepEqual(findings(last), [...atAnyTime, ...onlyThen].sort());
    assert.match(log, /1 finding exempted: vpc-flow-logs on network: no traffic worth logging/);
  });

  it("stops an update at a mandatory violation, before the resource is created", () => {
    const { ok, last, log } = sandbox("up", "policies");
    assert.equal(ok, false);
    assert.ok(last.policies.mandatory > 0, log);
    assert.ok((last.changes.create ?? 0) < 11, "created everything all the same");
  });
});
