import { stripVTControlCharacters } from "node:util";

import { describe, expect, it } from "vitest";

import { Narrator } from "../../src/text/narrator.ts";

function page(width: number): { width: number; printed: string[]; print: (line: string) => void } {
  const printed: string[] = [];
  return { width, printed, print: (line) => printed.push(...stripVTControlCharacters(line).split("\n")) };
}

describe("Narrator", () => {
  it("prints when who says what, and whose turn it is", () => {
    const paper = page(80);
    const narrator = new Narrator(paper);
    const [ann, bob] = [{ name: "Ann" }, { name: "Bob" }];
    narrator.enter(ann);
    narrator.enter(bob);
    narrator.say(1.4, ann, "hello");
    narrator.say(2.6, { name: "main" }, "listens");
    narrator.leave(1000, ann, { kind: "finished", detail: "" });
    narrator.leave(2000, bob, { kind: "failed", detail: "Error: no" });
    expect(paper.printed).toEqual([
      "    1 ms  ● │        Ann        hello",
      "    3 ms  │ │        main       listens",
      " 1000 ms  ✓ │        Ann        finished",
      " 2000 ms    ✗        Bob        failed: Error: no",
    ]);
  });

  it("goes on in the same column when a line is too long", () => {
    const paper = page(50);
    const narrator = new Narrator(paper);
    const ann = { name: "Ann" };
    narrator.enter(ann);
    narrator.say(0, ann, "has a good deal to say today");
    expect(paper.printed).toEqual([
      "    0 ms  ●          Ann        has a good deal to",
      "          │                     say today",
    ]);
  });

  it("opens a chapter with its title and what it is about", () => {
    const paper = page(20);
    new Narrator(paper).open("1 Title", "what it is all about");
    expect(paper.printed).toEqual(["", "── 1 Title ─────────", "what it is all about", ""]);
  });
});
