import { expect, it } from "vitest";

import { printProgram } from "../src/print-program.ts";
import type { Program } from "../src/program.ts";
import { reductions } from "../src/shrink.ts";

it("takes away one op, one member or one block at a time", () => {
  const program: Program = {
    seed: 1,
    coros: [[["group", [["t1", 1]], [["timeout", 6, [["yield"]]]]]], [["log", "x"]]],
  };
  const bodies = reductions(program).map((smaller) =>
    printProgram(smaller)
      .split("\n")
      .map((line) => line.trim())
      .join(" / "),
  );
  expect(bodies).toEqual([
    "coroutine 0 / coroutine 1 / log x",
    "coroutine 0 / timeout 6 / yield / coroutine 1 / log x",
    "coroutine 0 / group / timeout 6 / yield / coroutine 1 / log x",
    "coroutine 0 / group t1=1 / coroutine 1 / log x",
    "coroutine 0 / group t1=1 / yield / coroutine 1 / log x",
    "coroutine 0 / group t1=1 / timeout 6 / coroutine 1 / log x",
    "coroutine 0 / group t1=1 / timeout 6 / yield / coroutine 1",
  ]);
});
