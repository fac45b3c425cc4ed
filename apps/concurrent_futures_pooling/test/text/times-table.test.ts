import { expect, it } from "vitest";

import { Page } from "../../src/text/page.ts";
import { writeTimes } from "../../src/text/times-table.ts";
import { counting, job, run, uploading } from "../sample.ts";
import { FakeTerminal } from "../terminal.ts";

it("has a row for each run, with its time, what it gained and how long it held the loop up", () => {
  const terminal = new FakeTerminal();
  writeTimes(new Page(terminal), [counting, uploading], 2);
  expect(terminal.text).toBe(`   ┌─────────────────────────────────┬─────────┬──────────┬──────────────┐
   │                                 │    time │ speed-up │ loop held up │
   ├─────────────────────────────────┼─────────┼──────────┼──────────────┤
   │ CPU-bound, one after another    │ 4000 ms │      1.0 │       400 ms │
   │ CPU-bound, 2 threads            │ 2000 ms │      2.0 │         4 ms │
   │ CPU-bound, 2 processes          │ 2500 ms │      1.6 │         5 ms │
   │ I/O-bound, one after another    │  800 ms │      1.0 │         2 ms │
   │ I/O-bound, at once, on the loop │   50 ms │     16.0 │         3 ms │
   │ I/O-bound, 2 threads            │  400 ms │      2.0 │         4 ms │
   │ I/O-bound, 2 processes          │  500 ms │      1.6 │         5 ms │
   └─────────────────────────────────┴─────────┴──────────┴──────────────┘

`);
});

it("shows also what was far slower than in turn", () => {
  const terminal = new FakeTerminal();
  writeTimes(new Page(terminal), [job("CPU-bound", run("in turn", 1), run("threads", 250))], 2);
  expect(terminal.text).toContain("│ 250 ms │    0.004 │");
});
