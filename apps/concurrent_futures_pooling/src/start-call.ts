/** startCall: a call that is known to run. */
import { Future } from "@async/futures";

import type { Pool } from "./pools.ts";

/** Submits a call, and resolves to its future once the call has reported that it has begun. Cancelled before, it cancels the call. */
export async function startCall<R>(pool: Pool, fn: () => R): Promise<{ future: Future<Awaited<R>> }> {
  const begun = new Future<undefined>();
  const future = pool.with({ onProgress: () => begun.setResult(undefined) }).submit(fn);
  try {
    await begun;
  } catch (error) {
    future.cancel(); // Else it would go on for ever, and the pool wait for it.
    throw error;
  }
  return { future };
}
