/**
 * The ops that `combine.jsonl` adds: wait, waitFor, shield, asCompleted, uncancel, cancelling, plain futures.
 */
import { type Future, InvalidStateError } from "@async/futures";
import { asCompleted, currentTask, gather, shield, type Task, wait, waitFor } from "@async/task";

import { mustExist } from "./must-exist.ts";
import type { OpFamily } from "./op-family.ts";
import type { CombineOp } from "./program.ts";
import { refusal } from "./refusal.ts";
import { Boom, showError, showValue } from "./show.ts";

export const combineOps: OpFamily<CombineOp> = (stage) => {
  const futures = Array.from({ length: 3 }, () => stage.loop.createFuture());
  const plainFuture = (index: number): Future => mustExist(futures[index], `plain future ${index}`);

  return {
    uncancel: (actor) => {
      actor.log(`uncancel ${thisTask().uncancel()}`);
    },

    cancelling: (actor) => {
      actor.log(`cancelling ${thisTask().cancelling()}`);
    },

    cancellater: (actor, x, delay) => {
      const target = stage.variables.get(x);
      if (!target) return;
      stage.loop.callLater(delay, () => {
        actor.log(`cancellater ${x} ${target.cancel()}`);
      });
    },

    gathervar: (_actor, xs, returnExceptions, y) => {
      const children = stage.known(xs);
      if (children.length > 0) stage.variables.set(y, gather(children, { returnExceptions }));
    },

    wait: async (actor, xs, timeout, returnWhen) => {
      const waited = stage.known(xs);
      if (waited.length === 0) return;
      const { done, pending } = await wait(waited, { returnWhen, ...optionalTimeout(timeout) });
      // Looked up again: a name that was reassigned meanwhile is in neither set.
      const namesIn = (set: ReadonlySet<unknown>): string =>
        xs
          .filter((x) => set.has(stage.variables.get(x)))
          .sort()
          .join(",");
      actor.log(`waited ${namesIn(done)} | ${namesIn(pending)}`);
    },

    waitfor: async (actor, x, timeout) => {
      const awaited = stage.variables.get(x);
      if (!awaited) return;
      if (awaited === currentTask()) actor.log("self");
      else actor.log(`waitfor ${showValue(await waitFor(awaited, timeout))}`);
    },

    waitforcall: async (actor, coroutine, timeout) => {
      const value = await waitFor(() => stage.coroutine(coroutine), timeout);
      actor.log(`waitfor ${showValue(value)}`);
    },

    shield: async (actor, x) => {
      const inner = stage.variables.get(x);
      if (inner) actor.log(`shielded ${showValue(await shield(inner))}`);
    },

    ascompleted: async (actor, xs, timeout) => {
      const futures = stage.known(xs);
      if (futures.length === 0) return;
      for (const awaitable of asCompleted(futures, optionalTimeout(timeout))) {
        let shown;
        try {
          shown = showValue(await awaitable);
        } catch (error) {
          if (!(error instanceof Boom)) throw error;
          shown = showError(error);
        }
        actor.log(`completed ${shown}`);
      }
    },

    setresult: (actor, future, value) => {
      actor.log(
        `set${refusal(() => {
          plainFuture(future).setResult(value);
        }, InvalidStateError)}`,
      );
    },

    setexception: (actor, future, text) => {
      actor.log(
        `setx${refusal(() => {
          plainFuture(future).setException(new Boom(text));
        }, InvalidStateError)}`,
      );
    },

    awaitfut: async (actor, future) => {
      actor.log(`fut ${showValue(await plainFuture(future))}`);
    },

    shieldfut: async (actor, future) => {
      actor.log(`sfut ${showValue(await shield(plainFuture(future)))}`);
    },
  };
};

function thisTask(): Task {
  return mustExist(currentTask(), "current task");
}

function optionalTimeout(timeout: number | null): { timeout?: number } {
  return timeout === null ? {} : { timeout };
}
