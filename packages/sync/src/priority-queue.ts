/**
 * PriorityQueue: a queue that gives its smallest item first; of equal ones, the first to be put in.
 *
 * Python: `asyncio.PriorityQueue`, which leaves the order of equal items open. Source: Lib/asyncio/queues.py.
 */
import { inspect } from "node:util";

import { type Compare, compareNaturally } from "./compare.ts";
import { ItemHeap } from "./item-heap.ts";
import { Queue } from "./queue.ts";

export class PriorityQueue<T = unknown> extends Queue<T> {
  /**
   * @param maxsize - how many items fit in; zero or less: any number
   * @param compare - negative if the first item comes before the second, as for `Array.sort`; called at once by whatever puts or takes, and must not
   * touch the queue. Default: numbers, texts and dates in their order, arrays as Python's tuples
   * @throws TypeError if `compare` is no function; else as `Queue` does.
   *
   * @example
   * ```ts
   * import { PriorityQueue } from "@async/sync";
   *
   * const calls = new PriorityQueue<[urgency: number, who: string]>();
   * calls.putNowait([2, "post"]);
   * calls.putNowait([1, "fire brigade"]);
   * console.log(await calls.get()); // [ 1, 'fire brigade' ]
   * ```
   */
  constructor(maxsize = 0, compare: Compare<T> = compareNaturally) {
    if (typeof compare !== "function")
      throw new TypeError(`PriorityQueue compares with a function (a, b) => number, got ${inspect(compare)}`);
    super(maxsize, new ItemHeap(compare));
  }
}
