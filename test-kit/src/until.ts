/** until: waits for what only the real world brings about, such as the end of a process. Bounded by the limit of the test. */
import { setTimeout as pause } from "node:timers/promises";

/** Resolves once the condition holds; it is asked again each millisecond. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(1);
}
