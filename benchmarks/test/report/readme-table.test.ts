import { describe, expect, it } from "vitest";

import { withTable } from "../../src/report/readme-table.ts";
import { sample } from "./sample.ts";

const BEGIN = "<!-- benchmarks: written by `pnpm bench --report` -->";
const END = "<!-- /benchmarks -->";

describe("withTable", () => {
  const readme = withTable(`before\n${BEGIN}\nold\n${END}\nafter\n`, [sample]);

  it("replaces what is between the comments, and nothing else", () => {
    expect(readme).toMatch(/^before\n<!-- benchmarks/);
    expect(readme).toMatch(/<!-- \/benchmarks -->\nafter\n$/);
    expect(readme).not.toContain("old");
    expect(withTable(readme, [sample])).toBe(readme);
  });

  it("shows the works that are compared with others, and the best of those who have no column", () => {
    expect(readme).toContain("| task switch, 100 tasks | 312 ns | 5.2x |  |  | other 2.0x |");
    expect(readme).not.toContain("growth");
  });

  it("says on which Node and machine, and when", () => {
    expect(readme).toContain("Node 26.10.0, CPU (2 cores), 2031-05-04");
  });

  it("takes the first three works of a benchmark", () => {
    const [first] = sample.works;
    const works = ["a", "b", "c", "d"].map((title) => ({ ...first!, title }));
    const short = withTable(`${BEGIN}\n${END}`, [{ ...sample, works }]);
    expect(short.match(/^\| \w \|/gm)).toEqual(["| a |", "| b |", "| c |"]);
  });

  it("warns of figures from a busy machine", () => {
    const busy = { ...sample, machine: { ...sample.machine, loadBefore: 9 } };
    expect(readme).not.toContain("not reliable");
    expect(withTable(readme, [sample, busy])).toContain("not reliable");
  });

  it("refuses a README without the comments", () => {
    expect(() => withTable("# async\n", [sample])).toThrow("The README has no lines");
  });
});
