import { stripVTControlCharacters } from "node:util";

import { expect, it } from "vitest";

import { Lanes } from "../../src/text/lanes.ts";

it("gives a lane that is free to the next who enters, and keeps the others in their place", () => {
  const lanes = new Lanes();
  const [a, b, c] = [{}, {}, {}];
  const log: string[] = [];
  const draw = (speaker: object) => log.push(stripVTControlCharacters(lanes.draw(speaker)));
  lanes.enter(a);
  lanes.enter(b);
  draw(b);
  lanes.leave(a);
  draw(b);
  lanes.enter(c);
  draw(c);
  lanes.leave(b);
  draw(a);
  expect(log).toEqual(["│ ●", "  ●", "● │", "│  "]);
});
