/**
 * The ops that `scopes.jsonl` adds: timeout and TaskGroup. Both log their exit only when their block did not throw.
 */
import { TaskGroup, timeout } from "@async/task";

import type { OpFamily } from "./op-family.ts";
import type { ScopeOp } from "./program.ts";

export const scopeOps: OpFamily<ScopeOp> = (stage) => ({
  timeout: async (actor, delay, ops) => {
    const { scope, returned } = await timeout(delay, async (scope) => ({
      scope,
      returned: await actor.perform(ops),
    }));
    actor.log(`timeout-exit ${scope.expired()}`);
    return returned;
  },

  group: async (actor, members, ops) => {
    const returned = await TaskGroup.run(async (group) => {
      for (const [x, coroutine] of members) {
        stage.variables.set(
          x,
          group.createTask(() => stage.coroutine(coroutine)),
        );
      }
      return await actor.perform(ops);
    });
    actor.log("group-exit");
    return returned;
  },
});
