/** `@async/pool` on its own: a module of Node's, called in threads and processes by way of workerpool, and a function that needs nothing. */
import assert from "node:assert/strict";
import type * as nodePath from "node:path";

import { ProcessPoolExecutor, ThreadPoolExecutor, inline, workerModule } from "@async/pool";
import { currentCall } from "@async/pool/worker";

const path = workerModule<typeof nodePath>(new URL("node:path"));

for (const Pool of [ThreadPoolExecutor, ProcessPoolExecutor]) {
  const pool = new Pool({ maxWorkers: 2 });
  assert.equal(await pool.submit(path.basename, "/a/b.txt", ".txt"), "b");
  const squares: number[] = [];
  for await (const square of pool.map(
    inline((n: number) => n * n),
    [1, 2, 3],
  ))
    squares.push(square);
  assert.deepEqual(squares, [1, 4, 9]);

  const endless = pool.submit(
    inline(() => {
      for (;;);
    }),
  );
  endless.cancel("enough");
  await assert.rejects(Promise.resolve(endless), { name: "CancelledError" });
  await pool.shutdown();
  assert.equal(pool.statistics().workers.length, 0);
}
assert.throws(() => currentCall(), { name: "UsageError" });
