import { expect, it } from "vitest";

import { textWidth } from "../../src/text/text-width.ts";

it.each([
  ["the environment comes first", "60", 100, 60],
  ["then the terminal", undefined, 100, 100],
  ["then 80", undefined, undefined, 80],
  ["nonsense is ignored", "wide", 90, 90],
  ["so is zero", "0", undefined, 80],
  ["never too narrow for the lanes", "10", undefined, 50],
  ["never too wide for the eye", undefined, 400, 120],
])("%s", (_, asked, terminal, width) => {
  expect(textWidth(asked, terminal)).toBe(width);
});
