/**
 * The ops of `core.jsonl`: tasks, sleep, await, cancel, gather, callbacks, timers, try/finally.
 */
import { isCancelled } from "@async/futures";
import { createTask, currentTask, gather, sleep } from "@async/task";

import { Returned } from "./actor.ts";
import type { OpFamily } from "./op-family.ts";
import type { CoreOp } from "./program.ts";
import { Boom, showError, showOutcome, showValue } from "./show.ts";

export const coreOps: OpFamily<CoreOp> = (stage) => ({
  log: (actor, text) => {
    actor.log(text);
  },

  sleep: async (_actor, delay) => {
    await sleep(delay);
  },

  yield: async () => {
    await sleep(0);
  },

  spawn: (_actor, coroutine, x) => {
    stage.variables.set(
      x,
      createTask(() => stage.coroutine(coroutine), { loop: stage.loop }),
    );
  },

  call: async (actor, coroutine) => {
    actor.log(`called ${showValue(await stage.coroutine(coroutine))}`);
  },

  await: async (actor, x) => {
    const awaited = stage.variables.get(x);
    if (!awaited) return;
    if (awaited === currentTask()) actor.log("self");
    else actor.log(`got ${x} ${showValue(await awaited)}`);
  },

  cancel: (actor, x, reason) => {
    const target = stage.variables.get(x);
    if (!target) return;
    const taken = reason === "" ? target.cancel() : target.cancel(reason);
    actor.log(`cancel ${x} ${taken}`);
  },

  state: (actor, x) => {
    const future = stage.variables.get(x);
    if (future) actor.log(`state ${x} ${showOutcome(future)}`);
  },

  gather: async (actor, xs, returnExceptions) => {
    const values = await gather(stage.known(xs), { returnExceptions });
    actor.log(`gathered ${showValue(values)}`);
  },

  callback: (actor, x, label) => {
    stage.variables.get(x)?.addDoneCallback((done) => {
      actor.log(`cb ${label} ${showOutcome(done)}`);
    });
  },

  soon: (actor, text) => {
    stage.loop.callSoon(() => {
      actor.log(`soon ${text}`);
    });
  },

  later: (actor, text, delay) => {
    stage.loop.callLater(delay, () => {
      actor.log(`later ${text}`);
    });
  },

  try: async (actor, ops, catches, handler, cleanupDelay) => {
    try {
      return await actor.perform(ops);
    } catch (error) {
      if (!catches.includes(isCancelled(error) ? "cancelled" : "error")) throw error;
      actor.log(`caught ${showError(error)}`);
      return await actor.perform(handler);
    } finally {
      actor.log("finally");
      if (cleanupDelay > 0) await sleep(cleanupDelay);
    }
  },

  raise: (_actor, text) => {
    throw new Boom(text);
  },

  return: (_actor, value) => new Returned(value),
});
