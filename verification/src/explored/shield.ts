/** shield: the inner task goes on whoever gives up, gives its outcome to all who do not, and keeps nothing of those who did. */
import assert from "node:assert/strict";

import { Future, isCancelled } from "@async/futures";
import { type Task, createTask, currentTask, shield, sleep } from "@async/task";
import { untilBlocked } from "@async/testing";

import { type Exploration, type Stage, allOfThem, together, whenBlocked } from "./exploration.ts";

export const shields: readonly Exploration[] = [
  {
    name: "shield",
    stage(): Stage {
      let inner: Task<string> | null = null;
      const save = async () => {
        for (let turn = 1; turn <= 3; turn += 1) await sleep(0);
        return "saved";
      };
      const wait = async () => {
        assert.equal(await shield(inner!), "saved");
        // Done by now, perhaps: then it is given as it is.
        assert.equal(await shield(inner!), "saved");
      };
      const giveUp = async () => {
        const shielded = shield(inner!);
        await sleep(0);
        shielded.cancel();
        assert.equal(inner!.cancelling(), 0);
        await wait();
      };
      return {
        async body() {
          inner = createTask(save, { name: "inner" });
          await together({ ada: wait, bob: giveUp, cyd: wait });
        },
        check: () => assert.equal(inner?.cancelling() ?? 0, 0, "disturbed by one who gave up"),
      };
    },
  },
  {
    name: "shield, given up",
    stage(): Stage {
      const inner = new Future();
      const giveUp = async () => {
        const shielded = shield(inner);
        try {
          await sleep(0);
        } finally {
          shielded.cancel();
        }
      };
      const areForgotten = () =>
        whenBlocked(() =>
          assert.equal(String(inner), "<Future pending>", "keeps callbacks of those who gave up"),
        );
      return {
        body: () => together(allOfThem(giveUp), areForgotten),
        check: () => assert.equal(inner.done(), false),
      };
    },
  },
  {
    name: "shield, the inner one cancelled",
    stage(): Stage {
      const inner = new Future();
      const wait = async () => {
        try {
          await shield(inner);
          assert.fail("cancelled, and it ends well");
        } catch (error) {
          if (!isCancelled(error) || currentTask()!.cancelling() > 0) throw error;
          assert.equal(inner.cancelled(), true);
        }
      };
      const cancel = async () => {
        try {
          await sleep(0);
        } finally {
          inner.cancel();
        }
      };
      // Should Cyd be cancelled before she runs.
      const end = async () => {
        await untilBlocked();
        inner.cancel();
      };
      return { body: () => together({ ada: wait, bob: wait, cyd: cancel }, end), check: () => undefined };
    },
  },
];
