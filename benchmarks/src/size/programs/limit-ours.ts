/** Ten at a time, with a semaphore. */
import { Semaphore } from "@async/sync";
import { gather, run } from "@async/task";

const results = await run(async () => {
  const semaphore = new Semaphore(10);
  const load = async (number: number) => {
    const guard = await semaphore.acquire();
    try {
      return await Promise.resolve(number);
    } finally {
      guard.release();
    }
  };
  return gather(Array.from({ length: 100 }, (_, number) => () => load(number)));
});
console.log(results);
