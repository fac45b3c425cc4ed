/**
 * CapacityLimiter: so many tokens, each lent to a borrower who is known; waiters get one in the order in which they came.
 *
 * A semaphore counts; a limiter knows who has a token. So it can refuse to lend a second one to the same borrower, who would sooner or later wait
 * for itself, and it can be made larger or smaller while it is in use. A token is handed over: it is lent from the wake-up on, so nobody comes in
 * between, and a borrower that is cancelled before its turn gives it back.
 *
 * Python: none; anyio's class of that name.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import { currentAwaiter, nameOf } from "@async/futures/port";

import { type Guard, OneTimeGuard, type Releasable } from "./guard.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface CapacityLimiterStatistics {
  readonly totalTokens: number;
  readonly borrowedTokens: number;
  /** Who has a token: tasks, and what else was lent on behalf of. */
  readonly borrowers: readonly unknown[];
  /** Those who wait for a token, the next one first. */
  readonly waiters: readonly Waiting[];
}

export class CapacityLimiter {
  #totalTokens = 0;
  /** By borrower. */
  readonly #loans = new Map<unknown, Loan>();
  /** Borrowers that wait for one. */
  readonly #applicants = new Set<unknown>();
  readonly #waiters = new Waiters<Loan>(this, "acquire");

  /**
   * @param totalTokens - how many may be lent at once; Infinity for any number
   * @throws UsageError if it is less than 1 or no whole number, TypeError if it is no number.
   */
  constructor(totalTokens: number) {
    this.totalTokens = totalTokens;
  }

  /** How many tokens may be lent at once. Set lower, those that are lent stay so; set higher, waiters get theirs. */
  get totalTokens(): number {
    return this.#totalTokens;
  }

  set totalTokens(totalTokens: number) {
    if (typeof totalTokens !== "number")
      throw new TypeError(`CapacityLimiter takes a number of tokens, got ${inspect(totalTokens)}`);
    if (!(totalTokens >= 1) || (totalTokens !== Infinity && !Number.isInteger(totalTokens)))
      throw new UsageError(`CapacityLimiter takes a whole number of tokens from 1 on, got ${totalTokens}`);
    this.#totalTokens = totalTokens;
    this.#handOut();
  }

  get borrowedTokens(): number {
    return this.#loans.size;
  }

  /** How many can be had at once; negative after `totalTokens` was set lower than what is lent. */
  get availableTokens(): number {
    return this.#totalTokens - this.#loans.size;
  }

  /**
   * Lends a token to the current task, and resolves to a guard; at once, without a turn of the loop, if one is available and nobody waits. Outside
   * of tasks each call borrows for itself. Cancelling the wait leaves tokens and queue as they were.
   *
   * @throws UsageError if the task has or waits for one already, or if it has to wait on another loop than others did before.
   *
   * @example
   * ```ts
   * import { CapacityLimiter } from "@async/sync";
   * import { run } from "@async/task";
   *
   * const limiter = new CapacityLimiter(10);
   * await run(async () => {
   *   using token = await limiter.acquire();
   *   await limiter.acquire().catch((error: Error) => console.log(error.name)); // UsageError
   * });
   * ```
   */
  acquire(): Promise<Guard> {
    return this.#lend(currentAwaiter()?.task ?? Symbol("a call outside of tasks"));
  }

  /**
   * As `acquire`, for a borrower of any kind: a connection, a user's name.
   *
   * @throws UsageError if the borrower has or waits for a token already, or is null or undefined; else as `acquire` does.
   */
  async acquireOnBehalfOf(borrower: unknown): Promise<Guard> {
    if (borrower === null || borrower === undefined)
      throw new UsageError(
        `CapacityLimiter lends nothing on behalf of ${inspect(borrower)}; name the borrower`,
      );
    return this.#lend(borrower);
  }

  /** Takes the token of the current task back. @throws UsageError if it has none, and outside of tasks: there use the guard. */
  release(): void {
    const task = currentAwaiter()?.task ?? null;
    if (task === null)
      throw new UsageError("CapacityLimiter.release: there is no task here; release the guard");
    this.releaseOnBehalfOf(task);
  }

  /** Takes the token of the borrower back. @throws UsageError if it has none. */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this.#loans.delete(borrower))
      throw new UsageError(
        `${show(borrower)} has no token of this CapacityLimiter; release it once for each acquire`,
      );
    this.#handOut();
  }

  statistics(): CapacityLimiterStatistics {
    return Object.freeze({
      totalTokens: this.#totalTokens,
      borrowedTokens: this.#loans.size,
      borrowers: Object.freeze([...this.#loans.keys()]),
      waiters: this.#waiters.statistics(),
    });
  }

  toString(): string {
    const waiting = this.#waiters.statistics().length;
    const waiters = waiting > 0 ? ` waiters=${waiting}` : "";
    return `<CapacityLimiter borrowed=${this.#loans.size}/${this.#totalTokens}${waiters}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #lend(borrower: unknown): Promise<Guard> {
    if (this.#loans.has(borrower))
      throw new UsageError(`${show(borrower)} has a token of this CapacityLimiter already; release it first`);
    if (this.#applicants.has(borrower))
      throw new UsageError(`${show(borrower)} waits for a token of this CapacityLimiter already`);
    const loan: Loan = new Loan(borrower, {
      release: () => {
        // Released by hand meanwhile, or lent again since: then it is not ours to take back.
        if (this.#loans.get(borrower) === loan) this.releaseOnBehalfOf(borrower);
      },
    });
    // While somebody waits none is available: those that come back are handed out.
    if (this.availableTokens > 0) this.#loans.set(borrower, loan);
    else await this.#waitFor(loan);
    return loan;
  }

  async #waitFor(loan: Loan): Promise<void> {
    const turn = this.#waiters.park(loan);
    this.#applicants.add(loan.borrower);
    try {
      try {
        await turn;
      } finally {
        this.#waiters.leave(turn);
      }
    } catch (error) {
      // Cancelled between our wake-up and our turn: the token that we were lent goes back.
      if (turn.wasWoken()) loan.release();
      else this.#applicants.delete(loan.borrower);
      throw error;
    }
  }

  /** Lends the tokens that are available to the first who wait. */
  #handOut(): void {
    while (this.availableTokens > 0) {
      const next = this.#waiters.next();
      if (next === null) return;
      this.#applicants.delete(next.request.borrower);
      this.#loans.set(next.request.borrower, next.request);
      this.#waiters.wakeNext();
    }
  }
}

class Loan extends OneTimeGuard {
  readonly borrower: unknown;

  constructor(borrower: unknown, owner: Releasable) {
    super(owner);
    this.borrower = borrower;
  }
}

function show(borrower: unknown): string {
  const isNamed = typeof borrower === "object" && borrower !== null && "name" in borrower;
  return isNamed ? nameOf(borrower) : inspect(borrower, { depth: 0 });
}
