/** Two copies of the package in one process, as npm may install them: each knows the errors of the other. */
import { errorOf } from "@async/test-kit";
import { expect, it, vi } from "vitest";

import * as ours from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

vi.resetModules();
const theirs = await import("../src/index.ts");

it("the copies are two: no class is shared", () => {
  expect(theirs.Task).not.toBe(ours.Task);
});

it("an error of one is an instance of the class of the other, and of none beside it", () => {
  const errors = [new theirs.InterruptError("SIGINT"), new theirs.ExceptionGroup("failed", [new Error()])];
  const classes = [ours.InterruptError, ours.ExceptionGroup, ours.DeadlockError];
  expect(errors.map((error) => classes.map((known) => error instanceof known))).toEqual([
    [true, false, false],
    [false, true, false],
  ]);
});

it("TGRP-12 an interrupt of one ends a task group of the other bare", async () => {
  const interrupt = new theirs.InterruptError("SIGTERM");
  const error = await errorOf(
    onVirtualTime(() =>
      ours.TaskGroup.run((group) => void group.createTask(() => Promise.reject(interrupt))),
    ),
  );
  expect(error).toBe(interrupt);
});
