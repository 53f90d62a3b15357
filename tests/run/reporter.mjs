// Tells the parent process what Mocha's runner does, a message an event; the parent shows it to people.

/** Mocha calls it with `new`. */
export default function Reporter(runner) {
  const tell = (message) => process.send?.(message);
  runner.once("start", () => tell({ event: "start", total: runner.total }));
  runner.on("test", (test) => tell({ event: "test", title: test.fullTitle() }));
  runner.on("pass", (test) => tell({ event: "pass", title: test.fullTitle(), file: test.file, ms: test.duration }));
  runner.on("pending", (test) => tell({ event: "skip", title: test.fullTitle() }));
  // A failed hook is a failure too: the tests that it stands for never run.
  runner.on("fail", (test, error) =>
    tell({ event: "fail", title: test.fullTitle(), file: test.file, error: describe(error) }),
  );
  runner.once("end", () => tell({ event: "end" }));
}

function describe(error) {
  const text = error?.stack ?? String(error);
  if (error?.expected === undefined && error?.actual === undefined) return text;
  const show = (value) => (typeof value === "string" ? value : JSON.stringify(value, undefined, 2))?.slice(0, 2000);
  return `${text}\n  expected: ${show(error.expected)}\n  actual:   ${show(error.actual)}`;
}
