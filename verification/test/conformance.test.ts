import { describe, expect, it } from "vitest";

import { readFixture } from "../src/fixtures.ts";
import { describeMismatch, replayAll } from "../src/replay.ts";

// How many programs were recorded: a fixture that lost some must not pass.
const fixtures = [
  { name: "core", count: 300 },
  { name: "combine", count: 350 },
  { name: "scopes", count: 450 },
  { name: "sync", count: 450 },
  { name: "all", count: 450 },
] as const;

const CHUNK = 50;

describe.each(fixtures)("$name.jsonl", ({ name, count }) => {
  const recordings = readFixture(name);

  it("holds every recorded program", () => {
    expect(recordings).toHaveLength(count);
  });

  const chunks = Array.from({ length: Math.ceil(count / CHUNK) }, (_, index) => index * CHUNK);

  it.each(chunks)(`gives the trace of CPython for ${CHUNK} programs from %i on`, async (start) => {
    const mismatches = await replayAll(recordings.slice(start, start + CHUNK));
    expect(mismatches.map(describeMismatch).join("\n\n")).toBe("");
  });
});
