/**
 * Chaos: workers are ended at random while they work. Whatever happens, each future ends exactly once, with the result of its own call or with
 * an error that says what happened to it; at most one call is lost for each worker that was ended; the pool goes on.
 *
 * The seed stands in the name of the test; `CHAOS_SEED=123` plays that one again. What the operating system does in between is not ours to repeat.
 */
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

import type { Future } from "@async/futures";
import { until, within, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { endOfCall } from "./fault-stage.ts";
import { POOLS, type Pool, work } from "./pools-under-test.ts";

/** Milliseconds. */
const DURATION = 2_500;
const IN_FLIGHT = 40;

const seed = Number(process.env["CHAOS_SEED"] ?? Date.now() % 1_000_000);

/** Returns a function that gives the same numbers below `limit` for the same seed (mulberry32). */
function randomNumbers(state: number): (limit: number) => number {
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** A call under way, and what may become of it. */
interface Sent {
  readonly number: number;
  readonly future: Future;
  readonly isDeadly: boolean;
  ends: number;
}

class Chaos {
  readonly #pool: Pool;
  readonly #random: (limit: number) => number;
  readonly sent: Sent[] = [];
  /** Results of maps that were not what the input said. */
  readonly mixedUp: unknown[] = [];
  #unfinished = 0;

  constructor(pool: Pool, random: (limit: number) => number) {
    this.#pool = pool;
    this.#random = random;
  }

  /** Submits and cancels at random until the time is up. */
  async rage(end: number): Promise<void> {
    while (performance.now() < end) {
      while (this.#unfinished < IN_FLIGHT) this.#submit();
      if (this.#random(10) === 0) this.sent[this.sent.length - 1 - this.#random(IN_FLIGHT)]?.future.cancel();
      await pause(0);
    }
  }

  /** Iterates again and again, each time to the end or to the error that a dead worker leaves. */
  async iterate(end: number): Promise<void> {
    while (performance.now() < end) {
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      const pairs = numbers.map((number): [number, number] => [number, this.#random(2)]);
      const options = { chunkSize: 1 + this.#random(5), bufferSize: 1 + this.#random(20) };
      let next = 0;
      try {
        for await (const number of this.#pool.starmap(work.linger, pairs, options)) {
          if (number !== next++) this.mixedUp.push([number, next]);
        }
      } catch (error) {
        if (!/^BrokenThreadPool|^BrokenProcessPool/.test((error as Error).name)) this.mixedUp.push(error);
      }
    }
  }

  #submit(): void {
    const number = this.sent.length;
    const isDeadly = this.#random(25) === 0;
    const future: Future = isDeadly
      ? this.#pool.submit(work.die, this.#random(2) === 0 ? "exit" : "throw later")
      : this.#pool.submit(work.linger, number, this.#random(4));
    const sent = { number, future, isDeadly, ends: 0 };
    this.sent.push(sent);
    this.#unfinished += 1;
    future.addDoneCallback(() => {
      sent.ends += 1;
      this.#unfinished -= 1;
    });
  }
}

describe.each(POOLS)(
  "a pool of $kind whose workers are ended at random",
  { tags: ["slow"] },
  ({ Pool, Broken }) => {
    it(`loses nothing and goes on, with seed ${seed}`, async () => {
      using watch = workerWatch();
      const random = randomNumbers(seed);
      const pool = new Pool({ maxWorkers: 2, cancelGrace: 5, onError: () => {} });
      const chaos = new Chaos(pool, random);
      let endedFromOutside = 0;
      try {
        const end = performance.now() + DURATION;
        const maps = chaos.iterate(end);
        const calls = chaos.rage(end);
        while (performance.now() < end) {
          await pause(20 + random(100));
          // Three that die while they start would mean that none can start, and break the pool.
          const areUp = pool.statistics().workers.every(({ state }) => state !== "starting");
          if (!areUp || watch.alive === 0) continue;
          watch.end(random(watch.alive));
          endedFromOutside += 1;
        }
        await within(
          10_000,
          Promise.all([maps, calls, ...chaos.sent.map(({ future }) => endOfCall(future))]),
        );
        await within(
          10_000,
          until(() => chaos.sent.every(({ ends }) => ends > 0)),
        );

        let lost = 0;
        const wrong: unknown[] = [];
        for (const { number, future, isDeadly, ends } of chaos.sent) {
          const isRight =
            ends === 1 && (future.cancelled() || future.exception() !== null || future.result() === number);
          if (!isRight) wrong.push([number, ends, String(future)]);
          if (isDeadly || future.cancelled() || future.exception() === null) continue;
          if (future.exception() instanceof Broken) lost += 1;
          else wrong.push([number, future.exception()]);
        }
        expect([wrong, chaos.mixedUp]).toEqual([[], []]);
        expect(lost).toBeLessThanOrEqual(endedFromOutside);
        expect(chaos.sent.length).toBeGreaterThan(100);

        const next = Array.from({ length: 10 }, (_, number) => pool.submit(work.linger, number, 0));
        expect(await within(5_000, Promise.all(next))).toEqual(next.map((_, number) => number));
        await within(5_000, pool.shutdown());
        await within(5_000, watch.allEnded());
      } finally {
        pool.killWorkers();
      }
    });
  },
);
