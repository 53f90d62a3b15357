import assert from "node:assert/strict";
import {
  block,
  contains,
  firstFit,
  formatBlock,
  overlaps,
  parseBlock,
  subtract,
  usableAddresses,
} from "../../components/network/cidr";

describe("IPv4 blocks", () => {
  it("reads canonical blocks and writes them the same way", () => {
    for (const text of ["10.20.0.0/16", "0.0.0.0/0", "255.255.255.255/32", "100.64.0.0/10", "192.168.128.0/19"]) {
      assert.equal(formatBlock(block(text)), text);
    }
  });

  const unreadable: [text: unknown, why: string, meant: string | undefined][] = [
    ["100.68.0.18/18", "hostBits", "100.68.0.0/18"],
    ["100.64.1.5/16", "hostBits", "100.64.0.0/16"],
    ["010.0.0.0/16", "leadingZeros", "10.0.0.0/16"],
    ["10.0.00.0/16", "leadingZeros", "10.0.0.0/16"],
    ["10.0.0.0/016", "leadingZeros", "10.0.0.0/16"],
    ["10.0.0.0", "notABlock", "10.0.0.0/16"],
    [" 10.0.0.0/16", "notABlock", "10.0.0.0/16"],
    ["10.0.0.0/16\n", "notABlock", "10.0.0.0/16"],
    ["10.0.0/16", "notABlock", undefined],
    ["10.0.0.256/16", "notABlock", undefined],
    ["10.0.0.0/33", "notABlock", undefined],
    ["10.0.0.0/-1", "notABlock", undefined],
    ["10.0.0.0/1e1", "notABlock", undefined],
    ["0x0a.0.0.0/16", "notABlock", undefined],
    ["fd00::/16", "notABlock", undefined],
    ["", "notABlock", undefined],
    [16, "notABlock", undefined],
    [null, "notABlock", undefined],
  ];
  for (const [text, why, meant] of unreadable) {
    it(`doesn't read ${JSON.stringify(text)}: ${why}${meant ? `, ${meant} was meant` : ""}`, () => {
      const parsed = parseBlock(text);
      assert.ok("fault" in parsed);
      assert.equal(parsed.fault.why, why);
      assert.equal(parsed.fault.meant && formatBlock(parsed.fault.meant), meant);
    });
  }

  it("contains itself and its parts, and overlaps both ways only then", () => {
    const vpc = block("10.20.0.0/16");
    assert.ok(contains(vpc, vpc));
    assert.ok(contains(vpc, block("10.20.255.0/24")));
    assert.ok(!contains(block("10.20.255.0/24"), vpc));
    assert.ok(!contains(vpc, block("10.21.0.0/24")));
    assert.ok(overlaps(block("10.20.255.0/24"), vpc));
    assert.ok(!overlaps(block("10.20.0.0/17"), block("10.20.128.0/17")));
    // Above 2^31 the base must not turn negative.
    assert.ok(contains(block("192.0.0.0/3"), block("223.255.255.0/24")));
  });

  it("leaves the largest aligned blocks around what is taken, lowest first", () => {
    const left = subtract(block("10.0.0.0/24"), [block("10.0.0.64/27"), block("10.0.0.240/28")]);
    assert.deepEqual(left.map(formatBlock), [
      "10.0.0.0/26",
      "10.0.0.96/27",
      "10.0.0.128/26",
      "10.0.0.192/27",
      "10.0.0.224/28",
    ]);
  });

  it("leaves nothing of a block that is taken whole", () => {
    assert.deepEqual(subtract(block("10.0.0.0/24"), [block("10.0.0.0/16")]), []);
  });

  it("finds the lowest aligned free block, not the best fitting one", () => {
    const free = [block("10.0.0.32/27"), block("10.0.0.128/25"), block("10.0.1.0/26")];
    const at = (prefix: number) => firstFit(free, prefix)?.taken;
    assert.deepEqual(at(26), block("10.0.0.128/26"));
    assert.deepEqual(at(28), block("10.0.0.32/28"));
    assert.equal(at(24), undefined);
  });

  it("leaves what `subtract` leaves when it takes one", () => {
    const free = subtract(block("10.0.0.0/22"), [block("10.0.0.0/26")]);
    for (const prefix of [23, 24, 25, 26, 28]) {
      const fit = firstFit(free, prefix);
      assert.ok(fit);
      assert.deepEqual(fit.left, subtract(block("10.0.0.0/22"), [block("10.0.0.0/26"), fit.taken]), `/${prefix}`);
    }
  });

  it("has five addresses less to give out than its size, never less than none", () => {
    assert.deepEqual(
      [16, 24, 27, 28, 29, 30, 32].map((prefix) => usableAddresses({ base: 0, prefix })),
      [65531, 251, 27, 11, 3, 0, 0],
    );
  });
});
