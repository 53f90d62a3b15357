import assert from "node:assert/strict";
import fc from "fast-check";
import { rollingLimits } from "../../components/ecs/rolling";

describe("the limits of a rolling deployment", () => {
  const cases: [count: number, min: number, max: number, atMost: number, atLeast: number, deadlocked: boolean][] = [
    [1, 100, 200, 2, 1, false],
    [1, 100, 150, 1, 1, true],
    [1, 100, 100, 1, 1, true],
    [1, 0, 100, 1, 0, false],
    [2, 100, 125, 2, 2, true],
    [3, 67, 100, 3, 3, true],
    [3, 66, 100, 3, 2, false],
    [4, 50, 100, 4, 2, false],
    [4, 100, 125, 5, 4, false],
    [3, 100, 200, 6, 3, false],
    [0, 100, 100, 0, 0, false],
    // 50 × 58 / 100 is 29 exactly; 50 × 0.58 in floating point is 28.999…
    [50, 58, 200, 100, 29, false],
    [100, 29, 129, 129, 29, false],
  ];
  for (const [count, min, max, atMost, atLeast, deadlocked] of cases) {
    it(`of ${count} tasks at ${min} to ${max} percent are ${atLeast} to ${atMost}${deadlocked ? ": a deadlock" : ""}`, () => {
      assert.deepEqual(rollingLimits(count, min, max), { atLeast, atMost, deadlocked });
    });
  }

  it("are a deadlock exactly when no task may start and none may stop", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(100),
        fc.integer({ min: 100, max: 400 }),
        (count, min, max) => {
          const mayStart = Math.floor((count * max) / 100) > count;
          const mayStop = Math.ceil((count * min) / 100) < count;
          assert.equal(rollingLimits(count, min, max).deadlocked, !mayStart && !mayStop);
        },
      ),
    );
  });
});
