/** Page: tables and lines. */
import { expect, it } from "vitest";

import { Page } from "../src/page.ts";

it("aligns numbers to the right, and words to the left", () => {
  let text = "";
  new Page((part) => (text += part)).table(
    ["name", "delay", "n"],
    [
      ["one", "1.5 ms", 1],
      ["three", "12.0 ms", 20],
    ],
  );
  expect(text).toBe(`   ┌───────┬─────────┬────┐
   │ name  │   delay │  n │
   ├───────┼─────────┼────┤
   │ one   │  1.5 ms │  1 │
   │ three │ 12.0 ms │ 20 │
   └───────┴─────────┴────┘

`);
});

it("leaves no blanks in an empty line", () => {
  let text = "";
  new Page((part) => (text += part)).say("a sentence");
  expect(text).toBe("   a sentence\n\n");
});
