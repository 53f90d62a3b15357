import assert from "node:assert/strict";
import fc from "fast-check";
import { splitTasks } from "../../components/ecs/spot-split";

describe("the split of tasks into on-demand and Spot", () => {
  const cases: [count: number, base: number, onDemand: number, spot: number, expected: [number, number]][] = [
    [3, 1, 1, 4, [2, 1]],
    [11, 1, 1, 4, [3, 8]],
    [5, 0, 1, 4, [1, 4]],
    [10, 0, 0, 1, [0, 10]],
    [10, 2, 0, 1, [2, 8]],
    [4, 0, 1, 1, [2, 2]],
    [5, 0, 1, 1, [3, 2]],
    [2, 5, 1, 4, [2, 0]],
    [5, 5, 0, 0, [5, 0]],
    [0, 1, 1, 4, [0, 0]],
    [6, 0, 3, 0, [6, 0]],
  ];
  for (const [count, base, onDemandWeight, spotWeight, [onDemand, spot]] of cases) {
    it(`of ${count} with base ${base} and weights ${onDemandWeight}:${spotWeight} is ${onDemand} and ${spot}`, () => {
      const split = splitTasks(count, { base, onDemandWeight, spotWeight });
      assert.deepEqual([split?.onDemand, split?.spot], [onDemand, spot]);
    });
  }

  it("of 3 with base 1 and weights 1:4 may round to 1 or 2 on demand", () => {
    const split = splitTasks(3, { base: 1, onDemandWeight: 1, spotWeight: 4 });
    assert.deepEqual(split?.onDemandRange, { atLeast: 1, atMost: 2 });
    assert.deepEqual(split?.spotRange, { atLeast: 1, atMost: 2 });
  });

  it("is none without a weight for the tasks beyond the base", () => {
    assert.equal(splitTasks(3, { base: 1, onDemandWeight: 0, spotWeight: 0 }), undefined);
  });

  const capacity = fc.record({
    base: fc.nat(100),
    onDemandWeight: fc.nat(1000),
    spotWeight: fc.integer({ min: 1, max: 1000 }),
  });

  it("places every task, the base on demand, and stays within one task of the exact share", () => {
    fc.assert(
      fc.property(fc.nat(5000), capacity, (count, given) => {
        const split = splitTasks(count, given)!;
        const rest = Math.max(0, count - given.base);
        const share = (rest * given.onDemandWeight) / (given.onDemandWeight + given.spotWeight);
        assert.equal(split.onDemand + split.spot, count);
        assert.ok(split.onDemand >= Math.min(count, given.base));
        assert.ok(Math.abs(split.onDemand - (count - rest) - share) < 1);
        assert.ok(split.spot >= 0);
      }),
    );
  });

  it("has ranges that hold the split, mirror each other and are one wide exactly when a task is cut in two", () => {
    fc.assert(
      fc.property(fc.nat(5000), capacity, (count, given) => {
        const { onDemand, spot, onDemandRange, spotRange } = splitTasks(count, given)!;
        assert.ok(onDemandRange.atLeast <= onDemand && onDemand <= onDemandRange.atMost);
        assert.ok(spotRange.atLeast <= spot && spot <= spotRange.atMost);
        assert.equal(onDemandRange.atLeast + spotRange.atMost, count);
        assert.equal(onDemandRange.atMost + spotRange.atLeast, count);
        const rest = Math.max(0, count - given.base);
        const exact = (rest * given.onDemandWeight) % (given.onDemandWeight + given.spotWeight) === 0;
        assert.equal(onDemandRange.atMost - onDemandRange.atLeast, exact ? 0 : 1);
      }),
    );
  });

  it("never gives fewer tasks of a kind when there are more tasks", () => {
    fc.assert(
      fc.property(fc.nat(5000), capacity, (count, given) => {
        const few = splitTasks(count, given)!;
        const more = splitTasks(count + 1, given)!;
        assert.ok(more.onDemand >= few.onDemand && more.spot >= few.spot);
      }),
    );
  });
});
