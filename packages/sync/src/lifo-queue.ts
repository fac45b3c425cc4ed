/**
 * LifoQueue: a queue that gives its latest item first. Waiting is as in `Queue`, first come, first served.
 *
 * Python: `asyncio.LifoQueue`. Source: Lib/asyncio/queues.py.
 */
import type { QueueItems } from "./queue-items.ts";
import { Queue } from "./queue.ts";

export class LifoQueue<T = unknown> extends Queue<T> {
  /**
   * @param maxsize - how many items fit in; zero or less: any number
   * @throws as `Queue` does.
   *
   * @example
   * ```ts
   * import { LifoQueue } from "@async/sync";
   *
   * const stack = new LifoQueue<string>();
   * for (const plate of ["first", "second"]) stack.putNowait(plate);
   * console.log(await stack.get()); // second
   * ```
   */
  constructor(maxsize = 0) {
    super(maxsize, new Stack<T>());
  }
}

class Stack<T> implements QueueItems<T> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  take(): T {
    return this.#items.pop() as T;
  }

  clear(): void {
    this.#items.length = 0;
  }
}
