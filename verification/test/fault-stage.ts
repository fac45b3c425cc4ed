/**
 * FaultStage: a pool that a fault happens to, and the checks that hold whatever the fault is: every future has ended exactly once,
 * the pool serves the next call, no worker is left behind.
 */
import assert from "node:assert/strict";

import type { Future } from "@async/futures";
import {
  type Gate,
  type GateKeeper,
  type WorkerWatch,
  gateKeeper,
  until,
  within,
  workerWatch,
} from "@async/test-kit";

import { type Pool, type PoolOptions, hold, work } from "./pools-under-test.ts";

/** Milliseconds for one fault, with all that follows from it. */
const HARD_LIMIT = 8_000;

/** How a call ended. */
export type End = { readonly result: unknown } | { readonly error: unknown } | "cancelled";

/** Resolves to how it ended, once it has. */
export async function endOfCall(future: PromiseLike<unknown>): Promise<End> {
  try {
    return { result: await future };
  } catch (error) {
    return (error as Error | undefined)?.name === "CancelledError" ? "cancelled" : { error };
  }
}

export class FaultStage {
  readonly pool: Pool;
  /** What the pool reported to `onError`. */
  readonly strays: unknown[] = [];
  readonly #keeper: GateKeeper;
  readonly #watch: WorkerWatch;
  readonly #futures: Future[] = [];
  readonly #ends: number[] = [];

  private constructor(make: (options: PoolOptions) => Pool, keeper: GateKeeper, watch: WorkerWatch) {
    this.pool = make({ cancelGrace: 20, onError: (error: unknown) => void this.strays.push(error) });
    this.#keeper = keeper;
    this.#watch = watch;
  }

  /** Runs the scene, then the checks, all within a hard limit of time; leaves no worker behind even if they fail. */
  static async run(
    make: (options: PoolOptions) => Pool,
    scene: (stage: FaultStage) => Promise<void>,
  ): Promise<void> {
    await using keeper = await gateKeeper();
    using watch = workerWatch();
    const stage = new FaultStage(make, keeper, watch);
    try {
      await within(
        HARD_LIMIT,
        scene(stage).then(() => stage.#check()),
      );
    } finally {
      stage.pool.killWorkers();
      await within(HARD_LIMIT, watch.allEnded());
    }
  }

  gate(): Gate {
    return this.#keeper.gate();
  }

  /** Submits the call and watches its future. */
  act(deed: unknown): Future {
    return this.#watchEnd(this.pool.submit(work.act, deed));
  }

  /** Occupies a worker until the gate is opened. */
  async hold(): Promise<{ gate: Gate; future: Future }> {
    const gate = this.gate();
    const future = this.#watchEnd(this.pool.submit(hold, gate.ticket));
    await gate.reached();
    return { gate, future };
  }

  /** Resolves once so many workers are alive. */
  async workersAlive(count: number): Promise<void> {
    await until(() => this.#watch.alive === count);
  }

  /** Resolves once the pool has reported so many errors that no call can be blamed for. */
  async strayed(count: number): Promise<void> {
    await until(() => this.strays.length >= count);
  }

  #watchEnd(future: Future): Future {
    const index = this.#ends.push(0) - 1;
    this.#futures.push(future);
    future.addDoneCallback(() => (this.#ends[index]! += 1));
    return future;
  }

  async #check(): Promise<void> {
    await this.#serves();
    await this.pool.shutdown();
    await this.#watch.allEnded();
    assert.ok(this.#futures.every((future) => future.done()));
    assert.deepEqual(
      this.#ends,
      this.#ends.map(() => 1),
    );
  }

  /** More calls than workers, so that each worker has its share. */
  async #serves(): Promise<void> {
    if (this.#isShutDown()) return;
    const next = Array.from({ length: 6 }, () => this.act("work"));
    assert.deepEqual(
      await Promise.all(next),
      next.map(() => "done"),
    );
  }

  #isShutDown(): boolean {
    try {
      void this.act("work");
      return false;
    } catch {
      return true;
    }
  }
}
