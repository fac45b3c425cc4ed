/** Room: those who hold something at the same time. More than fit in are never inside. */
import assert from "node:assert/strict";

import { currentTask } from "@async/task";

export class Room {
  readonly #capacity: number;
  readonly #inside: string[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  enter(): void {
    const { name } = currentTask()!;
    this.#inside.push(name);
    assert.ok(this.#inside.length <= this.#capacity, `inside at once: ${this.#inside.join(", ")}`);
  }

  leave(): void {
    const place = this.#inside.indexOf(currentTask()!.name);
    assert.notEqual(place, -1, "leaves without having entered");
    this.#inside.splice(place, 1);
  }

  /** The current task is inside for as long as that takes. */
  async stay(pause: () => Promise<unknown>): Promise<void> {
    this.enter();
    try {
      await pause();
    } finally {
      this.leave();
    }
  }
}
