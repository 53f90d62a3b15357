import assert from "node:assert/strict";
import { addonProblems } from "../../components/eks/addon-problems";
import { addonNames, addonVersion, addonVersions } from "../../components/eks/addon-versions";
import {
  isKubernetesVersion,
  kubernetesVersions,
  type KubernetesVersion,
  supportNotes,
  supportTypeOf,
} from "../../components/eks/versions";

const versions = Object.keys(kubernetesVersions) as KubernetesVersion[];

describe("the table of Kubernetes versions", () => {
  it("has three dates in order for every version", () => {
    for (const { released, standardUntil, extendedUntil } of Object.values(kubernetesVersions)) {
      for (const day of [released, standardUntil, extendedUntil]) assert.match(day, /^20\d\d-[01]\d-[0-3]\d$/);
      assert.ok(released < standardUntil && standardUntil < extendedUntil);
    }
  });

  it("gives every version twelve months of extended support", () => {
    for (const { standardUntil, extendedUntil } of Object.values(kubernetesVersions)) {
      assert.equal(Number(extendedUntil.slice(0, 4)) - Number(standardUntil.slice(0, 4)), 1);
      assert.equal(extendedUntil.slice(4), standardUntil.slice(4));
    }
  });

  it("asks for extended support only where there is no other", () => {
    assert.deepEqual(
      versions.filter((version) => supportTypeOf(version) === "EXTENDED"),
      ["1.33"],
    );
  });

  it("tells beforehand when a version's standard support ends", () => {
    assert.deepEqual(supportNotes("1.36", "2026-11-22"), []);
    assert.match(supportNotes("1.34", "2026-11-22").join(), /ends on 2026-12-02/);
    assert.match(supportNotes("1.34", "2026-12-10").join(), /ended on 2026-12-02/);
    assert.deepEqual(supportNotes("1.34", "2026-10-01"), []);
    assert.match(supportNotes("1.33", "2026-11-22").join(), /extended support/);
  });

  it("doesn't know versions that are no longer or not yet there", () => {
    for (const other of ["1.29", "1.32", "1.37", "1.3", "latest", "toString"]) assert.ok(!isKubernetesVersion(other));
  });
});

describe("the table of add-on versions", () => {
  it("has a pinned version of every add-on for every version of Kubernetes", () => {
    assert.deepEqual(Object.keys(addonVersions).sort(), [...versions].sort());
    for (const version of versions) {
      assert.deepEqual(Object.keys(addonVersions[version]).sort(), [...addonNames].sort());
      for (const { version: build, asOf } of Object.values(addonVersions[version])) {
        assert.match(build, /^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
        assert.match(asOf, /^2026-(0[6-9]|10)$/);
      }
    }
  });

  it("has the kube-proxy of each Kubernetes", () => {
    for (const version of versions) {
      assert.ok(addonVersion("kube-proxy", version).startsWith(`v${version}.`));
    }
  });

  it("never goes back to an older add-on with a newer Kubernetes", () => {
    const rank = (build: string) =>
      build
        .match(/\d+/g)!
        .map((digits) => digits.padStart(4, "0"))
        .join();
    const ascending = [...versions].sort();
    for (const name of addonNames) {
      const ranks = ascending.map((version) => rank(addonVersion(name, version)));
      assert.deepEqual(ranks, [...ranks].sort(), name);
    }
  });

  it("gives way to the config's pins", () => {
    assert.equal(addonVersion("coredns", "1.36", { coredns: "v1.14.7-eksbuild.11" }), "v1.14.7-eksbuild.11");
    assert.equal(addonVersion("vpc-cni", "1.36", { coredns: "v1.14.7-eksbuild.11" }), "v1.22.4-eksbuild.3");
  });
});

describe("what a config says of add-ons", () => {
  const rules = (version: string, pins: Record<string, string>) =>
    addonProblems(version, pins).map(({ path, rule, fix }) => ({ path, rule, fix }));

  it("is refused when it names an unknown add-on, with the nearest known one", () => {
    const [problem] = rules("1.36", { "core-dns": "v1.14.3-eksbuild.23" });
    assert.equal(problem?.path, "eks.addons.core-dns");
    assert.equal(problem?.rule, "CFG-UNKNOWN-KEY");
    assert.match(problem?.fix ?? "", /did you mean coredns\?/);
  });

  it("is refused when it pins the kube-proxy of another Kubernetes", () => {
    const [problem] = rules("1.36", { "kube-proxy": "v1.35.3-eksbuild.29" });
    assert.equal(problem?.path, "eks.addons.kube-proxy");
    assert.match(problem?.fix ?? "", /v1\.36\.0-eksbuild\.25/);
  });

  it("is refused for a Kubernetes without known add-on versions (PRV-14)", () => {
    assert.deepEqual(
      rules("1.32", {}).map(({ rule, fix }) => [rule, fix]),
      [["PRV-14", "use 1.36, 1.35, 1.34, 1.33"]],
    );
  });

  it("is fine when it pins a known add-on", () => {
    assert.deepEqual(rules("1.35", { coredns: "v1.14.6-eksbuild.4", "kube-proxy": "v1.35.3-eksbuild.25" }), []);
  });
});
