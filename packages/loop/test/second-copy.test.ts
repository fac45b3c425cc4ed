/** Two copies of the package in one process, as npm may install them: they agree on which loop is meant. */
import { UsageError } from "@async/futures";
import { errorOf, microtasks } from "@async/test-kit";
import { expect, it, vi } from "vitest";

import * as ours from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

vi.resetModules();
const theirs = await import("../src/index.ts");

it("the copies are two: no class is shared", () => {
  expect(theirs.EventLoop).not.toBe(ours.EventLoop);
});

it("there is one default loop, and both know it", async () => {
  expect(theirs.getEventLoop()).toBe(ours.getEventLoop());
  expect(theirs.isDefaultLoop(ours.getEventLoop())).toBe(true);
});

it("the running loop of one is that of the other", async () => {
  const loop = virtualLoop();
  const seen: unknown[] = [];
  loop.callSoon(() => seen.push(theirs.getRunningLoop() === loop, theirs.getEventLoop() === loop));
  await loop.runUntilIdle();
  expect(seen).toEqual([true, true]);
});

it("LOOP-13 a loop of one cannot be started inside a loop of the other", async () => {
  const loop = virtualLoop();
  const errors: unknown[] = [];
  loop.callSoon(async () => {
    errors.push(await errorOf(new theirs.EventLoop().runUntilIdle()));
  });
  await loop.runUntilIdle();
  await microtasks();
  expect(errors.map((error) => error instanceof UsageError)).toEqual([true]);
});
