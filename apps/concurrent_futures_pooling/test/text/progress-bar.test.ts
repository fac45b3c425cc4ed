import { stripVTControlCharacters } from "node:util";

import { expect, it } from "vitest";

import { ProgressBar } from "../../src/text/progress-bar.ts";
import { FakeTerminal } from "../terminal.ts";

it("is drawn anew in its place for each step, on a terminal", () => {
  const terminal = new FakeTerminal({ isTTY: true });
  {
    using bar = new ProgressBar(terminal, "label", 4);
    for (let step = 0; step < 4; step += 1) bar.advance();
    bar.end("12 ms");
  }
  const drawn = stripVTControlCharacters(terminal.text).match(/\d of 4(?: {2}12 ms)?/g);
  expect(drawn).toEqual(["0 of 4", "1 of 4", "2 of 4", "3 of 4", "4 of 4", "4 of 4  12 ms"]);
  // One line, which is left behind when the bar ends.
  expect(terminal.text).toContain("\u001b[2K");
  expect(stripVTControlCharacters(terminal.text).endsWith("\n")).toBe(true);
});

it("is one line without control characters, elsewhere", () => {
  const terminal = new FakeTerminal();
  {
    using bar = new ProgressBar(terminal, "label", 8);
    for (let step = 0; step < 6; step += 1) bar.advance();
    bar.end("12 ms");
  }
  expect(terminal.text).toBe(`label  ${"█".repeat(18)}${"░".repeat(6)}  6 of 8  12 ms\n`);
});

it("that was broken off writes nothing, elsewhere", () => {
  const terminal = new FakeTerminal();
  {
    using bar = new ProgressBar(terminal, "label", 8);
    bar.advance();
  }
  expect(terminal.text).toBe("");
});
