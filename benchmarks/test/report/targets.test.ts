import { describe, expect, it } from "vitest";

import type { Result } from "../../src/harness/result.ts";
import { targetsOf } from "../../src/report/targets.ts";
import { sample } from "./sample.ts";

describe("targetsOf", () => {
  it("has a row for each target and a column for each Node, with what was missed in bold", () => {
    const older: Result = { ...sample, node: "22.23.3", works: sample.works.slice(0, 1) };
    const page = targetsOf(new Map([["node-26", [sample]], ["node-22", [older]]])); // prettier-ignore
    expect(page).toContain("|  | work | target | node-26 | node-22 |");
    expect(page).toContain(
      "| [tasks](node-26/tasks.md) | task switch, 100 tasks | asyncio takes 5.0x or more | 5.2x | 5.2x |",
    );
    expect(page).toContain("| growth of the heap | at most 1.00 MB | **2.50 MB** |  |");
  });
});
