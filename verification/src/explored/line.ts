/** Line: first come, first served. Nobody passes while one who came before still waits. */
import assert from "node:assert/strict";

import type { Waiting } from "@async/sync";
import { currentTask } from "@async/task";

export class Line {
  /** The names of those who have come and not passed, in that order. */
  readonly #came: string[] = [];
  readonly #waiting: () => readonly Waiting[];

  /** @param waiting - who has neither been woken nor cancelled, as the primitive's statistics have it */
  constructor(waiting: () => readonly Waiting[]) {
    this.#waiting = waiting;
  }

  /** The current task waits, and passes or is cancelled. */
  async pass<T>(wait: () => Promise<T>): Promise<T> {
    const { name } = currentTask()!;
    this.#came.push(name);
    try {
      const passed = await wait();
      const waiting = new Set(this.#waiting().map(({ task }) => task));
      const overtaken = this.#came.slice(0, this.#came.indexOf(name)).filter((other) => waiting.has(other));
      assert.deepEqual(overtaken, [], `${name} passes, and these came before and still wait`);
      return passed;
    } finally {
      this.#came.splice(this.#came.indexOf(name), 1);
    }
  }
}
