/** Measures the heap before and after 5,000,000 created and awaited tasks, and prints megabytes as JSON. Needs --expose-gc. */
import { createTask, run } from "@async/task";

const CREATED = 5_000_000;

function heapInMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function empty(): Promise<void> {
  // The smallest coroutine.
}

if (globalThis.gc === undefined) throw new Error("Run with --expose-gc");
await run(async () => {
  for (let i = 0; i < 10_000; i++) await createTask(empty);
  const before = heapInMegabytes();
  for (let i = 0; i < CREATED; i++) await createTask(empty);
  console.log(JSON.stringify({ tasks: CREATED, before, after: heapInMegabytes() }));
});
