import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engineVersion, moduleArchives } from "../../sandbox/engine/build";
import { isSuitable } from "../../sandbox/engine/find";

const ROOT = resolve(__dirname, "../..");
const find = (signal = "undefined") => `require("./sandbox/engine/find")
  .findEngine((line) => console.log("note: " + line), ${signal})
  .then((found) => console.log(JSON.stringify(found)), (error) => { console.log("failed: " + error.message); process.exitCode = 1; })`;

/** Programs that stand in for pulumi and go, in a PATH of their own, with a cache of their own. */
class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "engine-"));
  readonly bin = join(this.folder, "bin");
  readonly log = join(this.folder, "go.log");
  private readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    mkdirSync(this.bin);
    this.env = {
      ...env,
      PATH: `${this.bin}:/usr/bin:/bin`,
      HOME: this.folder,
      CONTAINER_PLATFORM_CACHE: join(this.folder, "cache"),
    };
  }

  install(name: string, script: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }

  /** A go that writes down how it is called and "builds" a pulumi of that version. */
  installGo(version = engineVersion(), build = ""): void {
    this.install(
      "go",
      `echo "$* | GOFLAGS=$GOFLAGS GOTOOLCHAIN=$GOTOOLCHAIN GOOS=$GOOS GOWORK=$GOWORK" >> ${this.log}
case "$1" in
  env) echo '{"GOMODCACHE": "${this.folder}/mod"}' ;;
  list) printf 'a\\nb\\nc\\n' ;;
  build) ${build}
    for last; do :; done
    while [ "$1" != "-o" ]; do shift; done
    printf 'a\\nb\\nc\\n' >&2
    printf '#!/bin/sh\\necho v${version}\\n' > "$2"; chmod +x "$2" ;;
esac`,
    );
  }

  find(): { code: number | null; out: string; err: string } {
    const args = ["--require", "tsx/cjs", "-e", find()];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      env: this.env,
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** The same, without waiting for it. */
  start(signal?: string): Promise<string> {
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", find(signal)], { cwd: ROOT, env: this.env });
    let out = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    return new Promise((done) => child.on("close", () => done(out)));
  }

  calls(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("finding the engine", function () {
  this.timeout(60_000);
  let machine: Machine;
  const on = (made: Machine) => (machine = made);
  afterEach(() => machine.remove());

  it("takes a pulumi on PATH of a suitable version, and asks it for its version only once", () => {
    on(new Machine()).install("pulumi", `echo asked >> ${machine.folder}/asked; echo v3.240.1`);
    machine.find();
    const { out } = machine.find();
    assert.deepEqual(JSON.parse(out), { command: join(machine.bin, "pulumi"), version: "3.240.1", source: "path" });
    assert.equal(readFileSync(join(machine.folder, "asked"), "utf8"), "asked\n");
  });

  it("passes over a pulumi that is too old, says so, and builds its own", () => {
    on(new Machine()).install("pulumi", "echo v3.100.0");
    machine.installGo();
    const { out } = machine.find();
    assert.match(out, /note: The pulumi on PATH .* is version 3\.100\.0: the sandbox needs 3\.200 or newer, below 4/);
    assert.match(out, /"source":"built"/);
  });

  it("uses what it built before, without Go", () => {
    on(new Machine()).installGo();
    assert.match(machine.find().out, /"source":"built"/);
    rmSync(join(machine.bin, "go"));
    assert.match(machine.find().out, /"source":"cache"/);
  });

  it("says in one line what to install when there is neither Pulumi nor Go", () => {
    const { code, out } = on(new Machine()).find();
    assert.equal(code, 1);
    assert.equal(out.trim().split("\n").length, 1);
    assert.match(out, /pulumi\.com\/docs\/iac\/download-install\/.*go\.dev\/dl\//);
  });

  it("builds once when two ask at the same time", async () => {
    on(new Machine()).installGo(engineVersion(), "sleep 1");
    const both = await Promise.all([machine.start(), machine.start()]);
    for (const out of both) assert.match(out, /"source":"built"/);
    assert.equal(machine.calls().filter((call) => call.startsWith("build ")).length, 1);
  });

  it("is not led astray by what the environment tells Go for other projects", () => {
    const odd = {
      GOFLAGS: "-mod=vendor -modcacherw -buildvcs=true",
      GOTOOLCHAIN: "go1.4",
      GOOS: "plan9",
      GOWORK: "/nowhere",
    };
    on(new Machine(odd)).installGo();
    assert.match(machine.find().out, /"source":"built"/);
    for (const call of machine.calls()) {
      assert.match(call, /GOFLAGS=-mod=readonly -buildvcs=false -modcacherw GOTOOLCHAIN=auto GOOS= GOWORK=off$/);
    }
  });

  it("shows the compiler's last words and what to do when the build fails, and leaves nothing half-built", () => {
    on(new Machine()).installGo(engineVersion(), "echo 'dial tcp: i/o timeout' >&2; exit 1");
    const { code, out } = machine.find();
    assert.equal(code, 1);
    assert.match(out, /dial tcp: i\/o timeout[^]*set GOPROXY to a module proxy that you reach/);
    assert.match(machine.find().out, /failed/, "the next run tries again");
  });

  it("stops a build when it is told to, and does not blame the network", async () => {
    on(new Machine()).installGo(engineVersion(), "exec sleep 30");
    const begun = Date.now();
    const out = await machine.start("AbortSignal.timeout(1000)");
    assert.equal(out, "failed: stopped\n");
    assert.ok(Date.now() - begun < 20_000);
  });

  it("does not keep a binary that says another version than the one that was to be built", () => {
    on(new Machine()).installGo("3.1.0");
    assert.match(machine.find().out, /pulumi version says "v3\.1\.0"/);
    const engines = readdirSync(join(machine.folder, "cache", "engine"), { recursive: true });
    assert.deepEqual(
      engines.filter((name) => /^[0-9a-f]{16}\/pulumi$/.test(String(name))),
      [],
    );
  });
});

describe("the engine's recipe", () => {
  it("suits itself: the version that go.mod pins is one that the sandbox takes", () => {
    assert.ok(isSuitable(engineVersion()));
  });

  for (const [version, suitable] of Object.entries({
    "3.200.0": true,
    "v3.248.0": true,
    "3.225.0-dev.1": true,
    "3.199.9": false,
    "2.9.9": false,
    "4.0.0": false,
    unknown: false,
  })) {
    it(`${suitable ? "takes" : "refuses"} pulumi ${version}`, () => assert.equal(isSuitable(version), suitable));
  }

  it("knows where Go keeps a module: capitals escaped, replacements followed", () => {
    const archives = moduleArchives(
      "module x\n\nrequire (\n\tgithub.com/BurntSushi/toml v1.2.0 // indirect\n\tgithub.com/a/b v1.0.0\n)\n\n" +
        "replace github.com/a/b => github.com/c/d v0.0.0-2024\n",
    );
    assert.deepEqual(archives, ["github.com/!burnt!sushi/toml/@v/v1.2.0.zip", "github.com/c/d/@v/v0.0.0-2024.zip"]);
  });

  it("counts every module that go.mod requires", () => {
    const goMod = readFileSync(join(ROOT, "sandbox", "engine", "go.mod"), "utf8");
    const required = goMod.split("\n").filter((line) => /^\t\S+ v\S+/.test(line) || /^require \S+ v/.test(line));
    assert.equal(moduleArchives(goMod).length, required.length);
    assert.ok(required.length > 200);
  });

  it("has a checksum for each module", () => {
    const goSum = readFileSync(join(ROOT, "sandbox", "engine", "go.sum"), "utf8");
    for (const archive of moduleArchives(readFileSync(join(ROOT, "sandbox", "engine", "go.mod"), "utf8"))) {
      const [path = "", version = ""] = archive.replace(/\.zip$/, "").split("/@v/");
      const name = path.replace(/!(.)/g, (_, letter: string) => letter.toUpperCase());
      assert.ok(goSum.includes(`${name} ${version} h1:`), archive);
    }
  });
});
