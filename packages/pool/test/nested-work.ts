/** Worker functions that have pools of their own. */
import { ThreadPoolExecutor, workerModule } from "../src/index.ts";
import type { add } from "./work.ts";

const own = workerModule<{ add: typeof add }>(new URL("./work.ts", import.meta.url));

export async function addInPool(a: number, b: number): Promise<number> {
  const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
  return await pool.submit(own.add, a, b);
}
