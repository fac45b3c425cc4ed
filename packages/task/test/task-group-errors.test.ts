import { CancelledError } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { ExceptionGroup, InterruptError, TaskGroup, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { failAfter, groupOf, logged } from "./group-stage.ts";

describe("the errors of a task group", () => {
  it("TGRP-03 a failing child cancels the others and the body; the group throws the errors alone", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const thrown = new RangeError("child");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(5, thrown));
          void group.createTask(logged(log, "sibling", 100));
          await logged(log, "body", 100)();
        }),
      );
      expect([log, group.errors, group.message, main.cancelling()]).toEqual([
        ["sibling CancelledError", "body CancelledError"],
        [thrown],
        "unhandled errors in a TaskGroup (1 error)",
        0,
      ]);
    }));

  it("TGRP-03 errors come in the order in which they happened", () =>
    onVirtualTime(async () => {
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => failAfter(5, new Error("second"))()));
          void group.createTask(failAfter(1, new Error("first")));
        }),
      );
      expect([group.errors.map(String), group.message]).toEqual([
        ["Error: first", "Error: second"],
        "unhandled errors in a TaskGroup (2 errors)",
      ]);
    }));

  it("TGRP-06 an error of the body cancels the children and comes out inside the group", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const thrown = new RangeError("body");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          await sleep(1);
          throw thrown;
        }),
      );
      expect([log, group.errors, group.cause]).toEqual([["child CancelledError"], [thrown], thrown]);
    }));

  it("TGRP-07 the errors of children come first, the body's last", () =>
    onVirtualTime(async () => {
      const [ofChild, ofBody] = [new Error("child"), new Error("body")];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => Promise.reject(ofChild)));
          await sleep(1);
          throw ofBody;
        }),
      );
      expect(group.errors).toEqual([ofChild, ofBody]);
    }));

  it("TGRP-08 the error of an inner group stays a group inside the outer one's", () =>
    onVirtualTime(async () => {
      const thrown = new Error("inner");
      const outer = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() =>
            TaskGroup.run(async (inner) => {
              void inner.createTask(failAfter(1, thrown));
            }),
          );
        }),
      );
      const [inner] = outer.errors as [ExceptionGroup];
      expect([outer.errors.length, inner instanceof ExceptionGroup, inner.errors]).toEqual([
        1,
        true,
        [thrown],
      ]);
    }));

  it("TGRP-08 also where the inner group is in the body of the outer one", () =>
    onVirtualTime(async () => {
      const thrown = new Error("inner");
      const outer = await groupOf(
        TaskGroup.run(() =>
          TaskGroup.run(async (inner) => {
            void inner.createTask(failAfter(1, thrown));
          }),
        ),
      );
      expect((outer.errors[0] as ExceptionGroup).errors).toEqual([thrown]);
    }));

  it("TGRP-11 an error that the body makes of its cancellation is in the group", () =>
    onVirtualTime(async () => {
      const [ofChild, ofBody] = [new Error("child"), new Error("body")];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(1, ofChild));
          await sleep(100).catch(() => Promise.reject(ofBody));
        }),
      );
      expect(group.errors).toEqual([ofChild, ofBody]);
    }));

  it.each(["body", "child"])("TGRP-12 what ends the program comes out bare, thrown by the %s", (thrower) =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const interrupt = new InterruptError("SIGINT");
      const error = await errorOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          if (thrower === "child") void group.createTask(failAfter(1, interrupt));
          await sleep(1);
          if (thrower === "body") throw interrupt;
        }),
      );
      expect([error === interrupt, log]).toEqual([true, ["child CancelledError"]]);
    }),
  );

  it("TGRP-21 a CancelledError that the body throws by itself cancels the children and comes out as it is", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const thrown = new CancelledError("on its own account");
      const error = await errorOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          await sleep(1);
          throw thrown;
        }),
      );
      expect([error === thrown, log, main.cancelling()]).toEqual([true, ["child CancelledError"], 0]);
    }));
});
