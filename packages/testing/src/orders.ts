/** Orders: the ways to choose among what is ready: as a schedule says, or at random. */
import type { Order } from "./steered-queue.ts";
import type { Schedule } from "./schedule.ts";

/** As the schedule says, and first in first out elsewhere. Where fewer are ready than it thinks, the last of them runs. */
export function scheduledOrder(schedule: Schedule): Order {
  const places = new Map(schedule);
  return { choose: (step) => places.get(step) ?? 0 };
}

/** Steps after which the first in line is not passed over any more: who waits in a loop of `sleep(0)` must not wait for ever. */
const MAX_WAIT = 50;

/**
 * At random. The same seed gives the same order.
 *
 * Bugs lie at different depths, so the seed also decides how wild an order is: how often it leaves the line at all, and whether it then takes any
 * job or the newest, which keeps the older ones waiting for long.
 */
export function randomOrder(seed: number): Order {
  const random = randomNumbers(seed);
  const wildness = [0.1, 0.3, 1][Math.floor(random() * 3)]!;
  const takesNewest = random() < 0.3;
  return {
    choose(_step, ready, waited) {
      if (waited > MAX_WAIT || random() >= wildness) return 0;
      return takesNewest ? ready - 1 : Math.floor(random() * ready);
    },
  };
}

/** Returns a function that gives numbers from 0 up to 1, as a 32-bit xorshift register gives them. */
function randomNumbers(seed: number): () => number {
  // Neighbouring seeds must not give similar numbers, and 0 would give nothing but 0.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 4; warmUp += 1) next();
  return next;
}
