/**
 * Sequencer: forces an order between tasks.
 *
 * Each position runs once, when the one before it has ended, in whatever order the tasks come to theirs. If a wait for a position is
 * cancelled, the order can never be kept: all who wait, and all who come later, are told so.
 */
import { inspect } from "node:util";

import { Future, UsageError } from "@async/futures";

import { SequenceBrokenError } from "./errors.ts";

/**
 * @example
 * ```ts
 * import { gather } from "@async/task";
 * import { Sequencer, runVirtual } from "@async/testing";
 *
 * await runVirtual(async () => {
 *   const log: string[] = [];
 *   const order = new Sequencer();
 *   const first = async () => {
 *     await order.at(0, () => log.push("first begins"));
 *     await order.at(2, () => log.push("first ends"));
 *   };
 *   const second = () => order.at(1, () => log.push("second runs in between"));
 *   await gather([second, first]);
 *   console.log(log.join(", ")); // first begins, second runs in between, first ends
 * });
 * ```
 */
export class Sequencer {
  /** The ends of the positions that were claimed or are waited for. */
  readonly #ends = new Map<number, Future<void>>();
  readonly #claimed = new Set<number>();
  /** The position whose wait was cancelled. */
  #brokenAt: number | null = null;

  /**
   * Runs the body when the position before this one has ended, and settles as it does; the next one may then run, also if the body fails.
   *
   * @param position - 0, 1, 2 ...; each once
   * @throws UsageError for a position that is taken already or is none; SequenceBrokenError when the wait for an earlier one was cancelled.
   */
  async at<T = void>(position: number, body?: () => T | PromiseLike<T>): Promise<T> {
    if (!Number.isSafeInteger(position) || position < 0)
      throw new UsageError(`Sequencer.at takes a position 0, 1, 2 ..., got ${inspect(position)}`);
    if (this.#claimed.has(position))
      throw new UsageError(`Sequencer: position ${position} is taken already; each runs once`);
    this.#checkWhole();
    this.#claimed.add(position);
    if (position > 0) await this.#reach(position);
    try {
      return (await body?.()) as T;
    } finally {
      end(this.#endOf(position));
    }
  }

  async #reach(position: number): Promise<void> {
    try {
      await this.#endOf(position - 1);
    } catch (error) {
      // Cancelled: nothing else ends a future of ours with an error.
      this.#brokenAt ??= position;
      for (const waitedFor of this.#ends.values()) end(waitedFor);
      throw error;
    }
    this.#checkWhole();
  }

  #checkWhole(): void {
    if (this.#brokenAt === null) return;
    throw new SequenceBrokenError(
      `Sequencer: the wait for position ${this.#brokenAt} was cancelled, so no later one can be reached`,
    );
  }

  #endOf(position: number): Future<void> {
    let future = this.#ends.get(position);
    if (future === undefined) {
      future = new Future<void>();
      this.#ends.set(position, future);
    }
    return future;
  }
}

/** The end may have been cancelled by who waited for it, or set because the sequence is broken. */
function end(future: Future<void>): void {
  if (!future.done()) future.setResult();
}
