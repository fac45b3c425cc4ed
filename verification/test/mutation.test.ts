import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { type Mutation, mutate } from "../src/mutations/mutation.ts";
import { syncMutations } from "../src/mutations/sync-mutations.ts";
import { taskMutations } from "../src/mutations/task-mutations.ts";

const source = ["first", "  same", "second", "  same"].join("\n");
const mutation = (line: string, more: Partial<Mutation> = {}): Mutation => ({
  what: "a claim",
  file: "file.ts",
  tests: "file.test.ts",
  line,
  ...more,
});

describe("a mutation", () => {
  it("takes a line away, or puts another in its place", () => {
    expect(mutate(source, mutation("second"))).toBe("first\n  same\n\n  same");
    expect(mutate(source, mutation("second", { instead: "third" }))).toBe("first\n  same\nthird\n  same");
  });

  it("is about the first such line below another one", () => {
    expect(mutate(source, mutation("same", { below: "second" }))).toBe("first\n  same\nsecond\n");
  });

  it("is refused when its line is not there any more, or when it is not clear which it is", () => {
    expect(() => mutate(source, mutation("third"))).toThrow("file.ts has no line 'third'; bring");
    expect(() => mutate(source, mutation("same"))).toThrow("more than once; say below which it is");
    expect(() => mutate(source, mutation("first", { below: "second" }))).toThrow("no line 'first' below");
    expect(() => mutate(source, mutation("same", { below: "third" }))).toThrow("no line 'third'");
  });

  it.each([...syncMutations, ...taskMutations])("$file: $what", (listed) => {
    const text = readFileSync(new URL(`../../${listed.file}`, import.meta.url), "utf8");
    expect(mutate(text, listed)).not.toBe(text);
  });
});
