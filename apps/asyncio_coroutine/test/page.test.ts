/** Page: lines and marks do not run into each other. */
import { expect, it } from "vitest";

import { Page } from "../src/page.ts";

function pageInto(text: string[]): Page {
  return new Page((part) => text.push(part));
}

it("ends an open line of marks before another line begins", () => {
  const text: string[] = [];
  const page = pageInto(text);
  page.mark("a", "gray");
  page.mark("b", "gray");
  page.line("A line.");
  page.mark("c", "gray");
  page.heading("The end");
  expect(text.join("")).toBe("          a b\n          A line.\n          c\nThe end\n");
});

it("breaks a long line of marks", () => {
  const text: string[] = [];
  const page = pageInto(text);
  for (let beat = 0; beat < 100; beat += 1) page.mark("·", "gray");
  const lines = text.join("").split("\n");
  expect(lines).toHaveLength(4);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
});
