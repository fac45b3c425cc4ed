/** Both pools keep the laws of executors. */
import { workerModule } from "@async/pool";
import { gateKeeper, workerWatch } from "@async/test-kit";
import { type ExecutorSubject, executorLaws } from "@async/testing";
import { describe, it } from "vitest";

import type * as lawFunctions from "./law-work.ts";
import { POOLS, hold } from "./pools-under-test.ts";

const { identity, add, double, reciprocal } = workerModule<typeof lawFunctions>(
  new URL("./law-work.ts", import.meta.url),
);

describe.each(POOLS)("a pool of $kind", { tags: ["slow"] }, ({ Pool }) => {
  const make = async ({ workers }: { readonly workers: number }): Promise<ExecutorSubject> => {
    const watch = workerWatch();
    const keeper = await gateKeeper();
    const pool = new Pool({ maxWorkers: workers, cancelGrace: 20 });
    return {
      executor: pool,
      functions: { identity, add, double, reciprocal, hold },
      gate: keeper.gate,
      async [Symbol.asyncDispose]() {
        pool.killWorkers();
        await watch.allEnded();
        watch[Symbol.dispose]();
        await keeper[Symbol.asyncDispose]();
      },
    };
  };
  executorLaws(make, { describe, it });
});
