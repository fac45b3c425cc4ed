/** takeTurns: three functions, and their end. */
import { expect, it } from "vitest";

import { takeTurns } from "../../src/chapters/take-turns.ts";
import { told } from "../told.ts";

async function calls(duration: number): Promise<string[]> {
  const text = await told(takeTurns, { duration });
  return [...text.matchAll(/(\d+) ms {2}[·●]+ {2}function(\d)/g)].map(([, at, name]) => `${at}: ${name}`);
}

it("has them follow one another until the end time", async () => {
  expect(await calls(900)).toEqual(["0: 1", "200: 2", "400: 3", "600: 1", "800: 2"]);
});

it("calls nobody at the end time itself", async () => {
  expect(await calls(400)).toEqual(["0: 1", "200: 2"]);
});

it("calls the first one also when there is no time", async () => {
  expect(await calls(0)).toEqual(["0: 1"]);
});
