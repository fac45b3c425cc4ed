/**
 * HomeLoop: the loop of a primitive, which is the one on which it was first waited for.
 *
 * What wakes the waiters of one loop says nothing to those of another, so whoever waits on a second loop is refused. A primitive that nobody
 * has had to wait for belongs to none: it may be made, and used without waiting, anywhere.
 *
 * Python: `_LoopBoundMixin`. Source: Lib/asyncio/mixins.py.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import { type EventLoop, getEventLoop } from "@async/loop";

export class HomeLoop {
  #loop: EventLoop | null = null;
  readonly #owner: object;

  /** @param owner - the primitive; named in the refusal */
  constructor(owner: object) {
    this.#owner = owner;
  }

  /** Null as long as nobody has had to wait. */
  get loop(): EventLoop | null {
    return this.#loop;
  }

  /**
   * Returns the loop of the running code, which is about to wait.
   *
   * @throws UsageError if the primitive belongs to another one.
   */
  enter(): EventLoop {
    const loop = getEventLoop();
    this.#loop ??= loop;
    if (loop === this.#loop) return loop;
    const owner = inspect(this.#owner);
    throw new UsageError(
      `${owner} belongs to another event loop, on which it was waited for; make one for each loop`,
    );
  }
}
