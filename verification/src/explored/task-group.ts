/** TaskGroup: no child outlives the block; what failed comes out, all of it; what waits in the block is interrupted, and nothing else. */
import assert from "node:assert/strict";

import { Future, UsageError, isCancelled } from "@async/futures";
import { ExceptionGroup, type Task, TaskGroup, currentTask, sleep } from "@async/task";
import { untilBlocked } from "@async/testing";

import { type Exploration, type Stage, whenBlocked } from "./exploration.ts";

export const taskGroup: readonly Exploration[] = [
  { name: "TaskGroup, one fails", stage: oneFails },
  { name: "TaskGroup, one fails in an inner one", stage: oneFailsInside },
  { name: "TaskGroup, the body fails", stage: bodyFails },
  { name: "TaskGroup, waits for its children", stage: waits },
  { name: "TaskGroup, cancelled by itself", stage: cancelsItself },
];

function oneFails(): Stage {
  const children = new Children();
  const failure = new Error("no");
  let hasFailed = false;
  const fail = () => {
    hasFailed = true;
    throw failure;
  };
  const block = async (group: TaskGroup) => {
    const ada = children.start(group, "ada", async () => {
      await sleep(0);
      fail();
    });
    void children.start(group, "bob", async () => {
      // The failure that ends the block comes from here, should Ada be cancelled.
      await untilBlocked();
      if (ada.cancelled()) fail();
      await forEver();
    });
    void children.start(group, "cyd", async () => {
      try {
        await forEver();
      } finally {
        startTooLate(group);
      }
    });
    try {
      await forEver();
    } finally {
      // They are cancelled at once, not when the body has ended.
      if (hasFailed) await whenBlocked(() => children.check());
    }
  };
  /** As in a clean-up: it either is refused, or ends with the others. */
  const startTooLate = (group: TaskGroup) => {
    try {
      void children.start(group, "dan", forEver);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  };
  return { body: () => children.fail(() => TaskGroup.run(block), failure), check: () => children.check() };
}

function oneFailsInside(): Stage {
  const [children, cousins] = [new Children(), new Children()];
  const failure = new Error("no");
  let isReached = false;
  const inner = async (group: TaskGroup) => {
    void children.start(group, "ada", async () => {
      await sleep(0);
      throw failure;
    });
    void children.start(group, "bob", () => untilBlocked());
    await untilBlocked();
    throw failure;
  };
  const outer = async (group: TaskGroup) => {
    void cousins.start(group, "cyd", () => sleep(1));
    await children.fail(() => TaskGroup.run(inner), failure);
    assert.equal(currentTask()!.cancelling(), 0, "the inner failure is still asked for");
    await sleep(1);
    isReached = true;
  };
  return {
    async body() {
      await TaskGroup.run(outer);
      assert.equal(isReached, true);
    },
    check: () => {
      children.check();
      cousins.check();
    },
  };
}

function bodyFails(): Stage {
  const children = new Children();
  const failure = new Error("no");
  const block = async (group: TaskGroup) => {
    void children.start(group, "ada", forEver);
    void children.start(group, "bob", () => sleep(0));
    void children.start(group, "cyd", forEver);
    await sleep(0);
    throw failure;
  };
  return { body: () => children.fail(() => TaskGroup.run(block), failure), check: () => children.check() };
}

function waits(): Stage {
  const children = new Children();
  const gate = new Future<void>();
  return {
    async body() {
      const owner = currentTask()!;
      const open = async () => {
        await untilBlocked();
        // Else the group cancels us, or we all wait for ever.
        if (owner.cancelling() === 0 && !gate.done()) gate.setResult();
      };
      const names = await TaskGroup.run(async (group) => {
        void children.start(group, "ada", async () => {
          await sleep(0);
          void children.start(group, "dan", open);
        });
        void children.start(group, "bob", open);
        void children.start(group, "cyd", async () => {
          await gate;
        });
        return "what the body returns";
      });
      assert.equal(names, "what the body returns");
      children.check();
    },
    check: () => children.check(),
  };
}

function cancelsItself(): Stage {
  const children = new Children();
  const block = async (group: TaskGroup) => {
    void children.start(group, "ada", forEver);
    void children.start(group, "bob", async () => {
      await sleep(0);
      group.cancel();
    });
    void children.start(group, "cyd", async () => {
      // Should Bob be cancelled.
      await untilBlocked();
      group.cancel();
    });
    await forEver();
  };
  return {
    async body() {
      await TaskGroup.run(block);
      children.check();
      assert.equal(currentTask()!.cancelling(), 0, "the request of the group is still there");
    },
    check: () => children.check(),
  };
}

/** The children of a group. Each takes a while to end. */
class Children {
  #begun = 0;
  #ended = 0;

  start(group: TaskGroup, name: string, work: () => Promise<unknown>): Task {
    const child = async () => {
      this.#begun += 1;
      try {
        await work();
      } finally {
        try {
          await sleep(0);
        } finally {
          this.#ended += 1;
        }
      }
    };
    return group.createTask(child, { name });
  }

  /** Runs a group that fails with that error alone, unless it is cancelled. */
  async fail(run: () => Promise<unknown>, failure: Error): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.check();
      if (isCancelled(error)) throw error;
      assert.ok(error instanceof ExceptionGroup, String(error));
      for (const one of error.errors) assert.equal(one, failure);
      // A cancellation from outside that the failure hid comes out here.
      await sleep(0);
      return;
    }
    assert.fail("ended well, although one has failed");
  }

  check(): void {
    assert.equal(this.#ended, this.#begun, "a child has not ended");
  }
}

async function forEver(): Promise<void> {
  await new Future();
}
