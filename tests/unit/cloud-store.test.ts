import { strict as assert } from "node:assert";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Faults, parseFault } from "../../sandbox/cloud/faults";
import { services } from "../../sandbox/cloud/services";
import { openStore, openStoreForWriting } from "../../sandbox/cloud/store";
import { CloudRecord } from "../../sandbox/cloud/table";

const record = (id: string): CloudRecord => ({
  ...{ type: "aws:ec2/vpc:Vpc", id, urn: `urn:${id}`, name: id, inputs: {}, outputs: {} },
  ...{ region: "eu-west-1", account: "123456789012", createdAt: "2026-01-01T00:00:00.000Z" },
});

describe("the cloud's store", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "store-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const ids = () =>
    openStore(folder)
      .list()
      .map(({ id }) => id);

  it("has a step on disk, whole, when commit returns", () => {
    const store = openStoreForWriting(folder);
    store.commit([{ put: record("a") }, { put: record("b") }]);
    assert.deepEqual(ids(), ["a", "b"]);
    store.commit([{ remove: record("a") }, { put: record("c") }]);
    assert.deepEqual(ids(), ["b", "c"]);
    store.close();
  });

  it("drops a step whose line was cut short, and goes on after it", () => {
    const first = openStoreForWriting(folder);
    first.commit([{ put: record("a") }]);
    first.close();
    appendFileSync(join(folder, "journal.jsonl"), '[{"put":{"type":"aws:ec2/vpc:V');
    assert.deepEqual(ids(), ["a"]);
    const second = openStoreForWriting(folder);
    second.commit([{ put: record("b") }]);
    second.close();
    assert.deepEqual(ids(), ["a", "b"]);
  });

  it("rewrites a long journal as what is left", () => {
    const store = openStoreForWriting(folder);
    for (let n = 0; n < 10; n++) {
      store.commit([{ put: record("x") }]);
      store.commit([{ remove: record("x") }]);
    }
    store.commit([{ put: record("kept") }]);
    store.close();
    openStoreForWriting(folder, { compactAbove: 5 }).close();
    assert.equal(readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n").length, 2);
    assert.deepEqual(ids(), ["kept"]);
  });

  it("cannot be changed by those who only look", () => {
    assert.throws(() => openStore(folder).commit([{ put: record("a") }]), /reading only/);
  });
});

describe("faults on demand", () => {
  const service = services[0]!;
  const type = service.types[0]!;
  const place = { type: type.type, name: "main" };
  const faults = (...specs: string[]) => new Faults(specs.map(parseFault), () => undefined);

  it("are written as kind, type or name, and a number", () => {
    assert.deepEqual(parseFault("fail:aws:ec2/vpc:Vpc:2"), { kind: "fail", target: "aws:ec2/vpc:Vpc", n: 2 });
    assert.deepEqual(parseFault("kill:main"), { kind: "kill", target: "main", n: 1 });
    assert.throws(() => parseFault("explode:Vpc"), /is no fault: write <throttle\|fail\|lost\|kill>/);
    assert.throws(() => parseFault("fail:Vpc:0"), /n counts from 1/);
  });

  it("fail the nth create, and no other", () => {
    const some = faults("fail:Vpc:2");
    some.beforeCreate(place, type, service);
    assert.throws(() => some.beforeCreate(place, type, service), /creating EC2 VPC: .*InternalError/);
    some.beforeCreate(place, type, service);
  });

  it("lose the answer of a create that took effect, and silence the one before a kill", () => {
    assert.throws(() => faults("lost:main").afterCreate(place, type, service), /context deadline exceeded/);
    assert.equal(faults("kill:Vpc").afterCreate(place, type, service), "silence");
    assert.equal(faults("kill:other").afterCreate(place, type, service), "answer");
  });

  it("throttle as many calls as asked, which the provider repeats up to 25 times", async () => {
    await faults("throttle:Vpc:3").throttle(place, "CreateVpc", service);
    await assert.rejects(
      faults("throttle:Vpc:40").throttle(place, "CreateVpc", service),
      /exceeded maximum number of attempts, 25, .*RequestLimitExceeded/,
    );
  });
});
