import { expect, it } from "vitest";

import { errorOf, within } from "../src/index.ts";

it("settles as the work does", async () => {
  expect(await within(60_000, Promise.resolve(1))).toBe(1);
  const error = new Error("boom");
  expect(await errorOf(within(60_000, Promise.reject(error)))).toBe(error);
});

it("rejects when the work takes too long", async () => {
  expect(await errorOf(within(1, new Promise(() => {})))).toEqual(new Error("not done within 1 ms"));
});
