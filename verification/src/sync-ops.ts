/**
 * The ops that `sync.jsonl` adds: locks, semaphores, events, conditions, queues, barriers. They are made outside any task, new for each run.
 */
import { UsageError } from "@async/futures";
import {
  Barrier,
  Condition,
  Event,
  type Guard,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  Semaphore,
} from "@async/sync";

import { mustExist } from "./must-exist.ts";
import type { OpFamily } from "./op-family.ts";
import type { SyncOp } from "./program.ts";
import { refusal } from "./refusal.ts";
import { showValue } from "./show.ts";

export const syncOps: OpFamily<SyncOp> = () => {
  const lock = numbered("lock", [new Lock(), new Lock()]);
  const semaphore = numbered("semaphore", [new Semaphore(1), new Semaphore(2)]);
  const event = numbered("event", [new Event(), new Event()]);
  const condition = numbered("condition", [new Condition()]);
  const queue = numbered("queue", [new Queue(), new Queue(1), new LifoQueue(2), new PriorityQueue()]);
  const barrier = numbered("barrier", [new Barrier(2)]);

  return {
    lock: async (actor, k, ops) => {
      const returned = await within(await lock(k).acquire(), () => {
        actor.log("locked");
        return actor.perform(ops);
      });
      actor.log("unlocked");
      return returned;
    },

    sem: async (actor, k, ops) => {
      const returned = await within(await semaphore(k).acquire(), () => {
        actor.log("acquired");
        return actor.perform(ops);
      });
      actor.log("released");
      return returned;
    },

    evwait: async (actor, k) => {
      await event(k).wait();
      actor.log("event");
    },

    evset: (actor, k) => {
      event(k).set();
      actor.log("evset");
    },

    evclear: (actor, k) => {
      event(k).clear();
      actor.log("evclear");
    },

    cwait: async (actor, k) => {
      await within(await condition(k).acquire(), async () => {
        actor.log("cwait");
        await condition(k).wait();
        actor.log("cnotified");
      });
    },

    cnotify: async (actor, k, count) => {
      await within(await condition(k).acquire(), async () => {
        condition(k).notify(count);
        actor.log("cnotify");
      });
    },

    put: async (actor, k, value) => {
      await queue(k).put(value);
      actor.log("put");
    },

    get: async (actor, k) => {
      actor.log(`get ${showValue(await queue(k).get())}`);
    },

    putnow: (actor, k, value) => {
      const put = (): void => queue(k).putNowait(value);
      actor.log(`putnow${refusal(put, QueueFull, QueueShutDown)}`);
    },

    getnow: (actor, k) => {
      let item: unknown;
      const get = (): void => {
        item = queue(k).getNowait();
      };
      actor.log(`getnow${refusal(get, QueueEmpty, QueueShutDown) || ` ${showValue(item)}`}`);
    },

    taskdone: (actor, k) => {
      const finish = (): void => queue(k).taskDone();
      actor.log(`taskdone${refusal(finish, UsageError)}`);
    },

    join: async (actor, k) => {
      await queue(k).join();
      actor.log("joined");
    },

    qshutdown: (actor, k, immediate) => {
      queue(k).shutdown({ immediate });
      actor.log("qshutdown");
    },

    barrier: async (actor, k) => {
      actor.log(`barrier ${await barrier(k).wait()}`);
    },

    babort: async (actor, k) => {
      await barrier(k).abort();
      actor.log("babort");
    },

    breset: async (actor, k) => {
      await barrier(k).reset();
      actor.log("breset");
    },
  };
};

/** Returns a function that gives one of them by its number. */
function numbered<T>(kind: string, all: readonly T[]): (index: number) => T {
  return (index) => mustExist(all[index], `${kind} ${index}`);
}

/** `using`, which Node 22 does not know. */
async function within<T>(guard: Guard, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } finally {
    guard.release();
  }
}
