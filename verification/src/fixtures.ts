/**
 * The recorded programs in `fixtures/`, one JSON text a line.
 */
import { readFileSync } from "node:fs";

import type { Recording } from "./program.ts";

export const fixtureNames = ["core", "combine", "scopes", "sync", "all"] as const;
export type FixtureName = (typeof fixtureNames)[number];

export function readFixture(name: FixtureName): Recording[] {
  return parseRecordings(readFileSync(new URL(`../fixtures/${name}.jsonl`, import.meta.url), "utf8"));
}

/** Returns the values of lines of JSON. */
export function parseRecordings(lines: string): Recording[] {
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Recording);
}
