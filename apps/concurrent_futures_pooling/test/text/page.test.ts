import { expect, it } from "vitest";

import { Page } from "../../src/text/page.ts";
import { FakeTerminal } from "../terminal.ts";

function written(columns: number, write: (page: Page) => void): string {
  const terminal = new FakeTerminal({ columns });
  write(new Page(terminal));
  return terminal.text;
}

it("breaks a paragraph at the width of the terminal", () => {
  const text = written(60, (page) => page.say("word ".repeat(20).trim()));
  expect(text).toBe(`   ${"word ".repeat(11).trim()}\n   ${"word ".repeat(9).trim()}\n\n`);
});

it("leaves no blanks in an empty line", () => {
  expect(written(80, (page) => page.line(""))).toBe("\n");
});

it("puts what came of a line of code behind it, if there is room", () => {
  expect(written(80, (page) => page.code("1 + 1", "2"))).toBe(`   ${"1 + 1".padEnd(48)}  2\n`);
});

it("puts it below, if there is none", () => {
  expect(written(80, (page) => page.code("1 + 1", "about two, or three".padEnd(40, "!")))).toBe(
    `   1 + 1\n       ${"about two, or three".padEnd(40, "!")}\n`,
  );
});
