import { expect, it } from "vitest";

import { evaluate } from "../src/evaluate.ts";

it.each([
  [7, 1, 7],
  [3, 1000, 3000],
  [0, 1000, 0],
])("of %i, counted to %i, is %i", (number, steps, result) => {
  expect(evaluate(number, steps)).toBe(result);
});
