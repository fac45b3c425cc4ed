/** readOptions: what it makes of a command line that is in order. What it refuses ends the process: see `main.test.ts`. */
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";

import { expect, it } from "vitest";

import { readOptions } from "../src/options.ts";

function read(...args: string[]) {
  return readOptions(["node", "main.ts", ...args]);
}

it("has defaults for everything", () => {
  expect(read()).toEqual({
    workers: availableParallelism(),
    numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    steps: 500_000_000,
    json: false,
    svg: path.join(tmpdir(), "concurrent_futures_pooling.svg"),
  });
});

it("takes what is set", () => {
  expect(read("--workers", "3", "--steps", "9", "--json", "--svg", "a.svg")).toMatchObject({
    workers: 3,
    steps: 9,
    json: true,
    svg: path.resolve("a.svg"),
  });
});

it.each([
  ["7", [7]],
  ["3,1,3", [3, 1, 3]],
  ["1-3,20, 5-5", [1, 2, 3, 20, 5]],
  ["0-999", Array.from({ length: 1000 }, (_, index) => index)],
])("reads the list %j", (list, numbers) => {
  expect(read("--numbers", list).numbers).toEqual(numbers);
});
