/** `@async/futures` on its own: a future without a loop, awaited, cancelled and waited for. */
import assert from "node:assert/strict";

import { CancelledError, Future, isCancelled, wait } from "@async/futures";

const future = new Future<number>();
setTimeout(() => {
  future.setResult(42);
}, 1);
const { done, pending } = await wait([future]);
assert.deepEqual([...done], [future]);
assert.equal(pending.size, 0);
assert.equal(await future, 42);

const cancelled = new Future();
cancelled.cancel("not needed");
const error: unknown = await cancelled.catch((reason: unknown) => reason);
assert.ok(error instanceof CancelledError);
assert.ok(isCancelled(error));
