/**
 * waiterLaws: what everything promises that is waited for first come first served, as tests. Written once, held by locks, semaphores, queues.
 *
 * The laws see two operations: `wait`, which blocks until it is its turn, and `wake`, which lets one more pass. A cancellation, at whatever moment
 * and in whatever order of what is ready, takes away the turn of who is cancelled, and nothing else.
 */
import assert from "node:assert/strict";

import { createTask, sleep } from "@async/task";

import { cancelEverywhere } from "./cancel-everywhere.ts";
import { explore } from "./explore.ts";
import type { LawRunner } from "./law-runner.ts";
import { runVirtual } from "./run-virtual.ts";
import { untilBlocked } from "./until-blocked.ts";
import { Line, type MakeWaiter } from "./waiter-laws/line.ts";

export type { MakeWaiter, WaiterSubject } from "./waiter-laws/line.ts";

export interface WaiterLawOptions {
  /** A wake-up for which nobody waits lets the next one pass, as with a semaphore; not so with a condition. Default: true. */
  readonly keepsWakeUps?: boolean;
  /** A wake-up may come only when the last one has let somebody pass: a lock must be held to be released. Default: false. */
  readonly oneAtATime?: boolean;
  /** A newcomer may take what one who was woken has not taken yet, as with the queues of asyncio. Default: false. */
  readonly mayOvertake?: boolean;
  /** How many random schedules to explore. Default: 300. */
  readonly schedules?: number;
}

/**
 * Registers the laws as tests of the runner.
 *
 * @example
 * ```ts
 * import { describe, it } from "node:test";
 *
 * import { Future } from "@async/futures";
 * import { waiterLaws } from "@async/testing";
 *
 * // About the simplest thing that is right: a turn that its waiter cannot take any more goes to the next one.
 * const makeTurnstile = () => {
 *   const waiters: Future<void>[] = [];
 *   let turns = 0;
 *   const wake = () => {
 *     const next = waiters.find((waiter) => !waiter.done());
 *     if (next === undefined) turns += 1;
 *     else next.setResult();
 *   };
 *   const wait = async () => {
 *     if (turns > 0) {
 *       turns -= 1;
 *       return;
 *     }
 *     const turn = new Future<void>();
 *     waiters.push(turn);
 *     try {
 *       await turn;
 *     } catch (error) {
 *       if (!turn.cancelled()) wake();
 *       throw error;
 *     } finally {
 *       waiters.splice(waiters.indexOf(turn), 1);
 *     }
 *   };
 *   return { wait, wake, waiting: () => waiters.length };
 * };
 *
 * describe("a turnstile", () => waiterLaws(makeTurnstile, { describe, it }));
 * ```
 */
export function waiterLaws(make: MakeWaiter, runner: LawRunner, options: WaiterLawOptions = {}): void {
  const { keepsWakeUps = true, oneAtATime = false, mayOvertake = false, schedules = 300 } = options;
  const laws = [
    ...orderLaws,
    ...cancelLaws,
    ...(mayOvertake ? [] : fairnessLaws),
    ...(keepsWakeUps ? keepingLaws : []),
    ...(oneAtATime ? [] : togetherLaws),
  ];
  runner.describe("keeps the laws of waiting:", () => {
    for (const { name, names, test } of laws)
      runner.it(name, () => runVirtual(async () => test(await Line.of(make, names))));

    runner.it("no waiter sleeps for ever, whoever is cancelled and when", async () => {
      const body = async (): Promise<void> => wakeAll(await Line.of(make, ["a", "b", "c"]), options);
      await cancelEverywhere(body, { victims: (task) => ["a", "b", "c"].includes(task.name) });
    });

    runner.it("nor in whatever order things run", async () => {
      const body = async (): Promise<void> => {
        const line = await Line.of(make, ["a", "b", "c"]);
        void createTask(() => line.task("b").cancel(), { name: "canceller" });
        await wakeAll(line, options);
      };
      await explore(body, { schedules });
    });
  });
}

interface Law {
  readonly name: string;
  /** Who waits when the test begins. */
  readonly names: readonly string[];
  readonly test: (line: Line) => Promise<void>;
}

const orderLaws: readonly Law[] = [
  {
    name: "nobody passes without a wake-up",
    names: ["a", "b"],
    async test(line) {
      assert.deepEqual(line.passed, []);
      await line.dismiss();
    },
  },
  {
    name: "they pass in the order in which they came, one for each wake-up",
    names: ["a", "b", "c", "d"],
    async test(line) {
      for (const expected of [["a"], ["a", "b"], ["a", "b", "c"]]) {
        await line.wake();
        assert.deepEqual(line.passed, expected);
      }
      await line.dismiss();
    },
  },
];

const cancelLaws: readonly Law[] = [
  {
    name: "one that is cancelled leaves, and the others keep their order",
    names: ["a", "b", "c"],
    async test(line) {
      await line.cancel("b");
      assert.equal(line.task("b").cancelled(), true);
      if (line.subject.waiting !== undefined) assert.equal(line.subject.waiting(), 2);
      await line.wake(2);
      assert.deepEqual(line.passed, ["a", "c"]);
      await line.dismiss();
    },
  },
  {
    name: "one that was just cancelled takes no wake-up",
    names: ["a", "b"],
    async test(line) {
      line.task("a").cancel();
      await line.wake();
      assert.deepEqual(line.passed, ["b"]);
      await line.dismiss();
    },
  },
  {
    name: "a wake-up goes on to the next when the one it was for is cancelled before it runs",
    names: ["a", "b", "c"],
    async test(line) {
      await line.subject.wake();
      await line.cancel("a");
      assert.equal(line.task("a").cancelled(), true);
      assert.deepEqual(line.passed, ["b"]);
      await line.dismiss();
    },
  },
  {
    name: "and to the one after, when the next is cancelled as well",
    names: ["a", "b", "c"],
    async test(line) {
      await line.subject.wake();
      line.task("a").cancel();
      line.task("b").cancel();
      await untilBlocked();
      assert.deepEqual(line.passed, ["c"]);
      await line.dismiss();
    },
  },
];

const fairnessLaws: readonly Law[] = [
  {
    name: "a newcomer does not overtake one who was woken and has not run yet",
    names: ["a"],
    async test(line) {
      await line.subject.wake();
      line.add("newcomer", { eager: true });
      await untilBlocked();
      assert.deepEqual(line.passed, ["a"]);
      await line.dismiss();
    },
  },
];

const keepingLaws: readonly Law[] = [
  {
    name: "a wake-up for which nobody waits is kept, for one",
    names: [],
    async test(line) {
      await line.wake();
      line.add("a");
      line.add("b");
      await untilBlocked();
      assert.deepEqual(line.passed, ["a"]);
      await line.dismiss();
    },
  },
  {
    name: "so is one whose only waiter is cancelled before it runs",
    names: ["a"],
    async test(line) {
      await line.subject.wake();
      await line.cancel("a");
      line.add("b");
      line.add("c");
      await untilBlocked();
      assert.deepEqual(line.passed, ["b"]);
      await line.dismiss();
    },
  },
];

const togetherLaws: readonly Law[] = [
  {
    name: "several wake-ups at once let as many pass, in order",
    names: ["a", "b", "c", "d"],
    async test(line) {
      for (let count = 0; count < 3; count += 1) await line.subject.wake();
      await untilBlocked();
      assert.deepEqual(line.passed, ["a", "b", "c"]);
      await line.dismiss();
    },
  },
  {
    name: "of several that are cancelled when woken, each passes its wake-up on",
    names: ["a", "b", "c", "d"],
    async test(line) {
      for (let count = 0; count < 2; count += 1) await line.subject.wake();
      line.task("a").cancel();
      line.task("b").cancel();
      await untilBlocked();
      assert.deepEqual(line.passed, ["c", "d"]);
    },
  },
];

/** Wakes all who wait, while others may be cancelled: none of the living is left, and no wake-up is lost or doubled. */
async function wakeAll(
  line: Line,
  { keepsWakeUps = true, oneAtATime = false }: WaiterLawOptions,
): Promise<void> {
  let wakeUps = 0;
  if (oneAtATime) {
    for (; line.waiting().length > 0; wakeUps += 1) {
      assert.equal(
        wakeUps,
        line.passed.length,
        `a wake-up was lost: ${line.waiting().join(", ")} still waiting`,
      );
      await line.wake();
    }
  } else {
    for (; wakeUps < 3; wakeUps += 1) {
      await line.subject.wake();
      await sleep(0);
    }
    await untilBlocked();
  }
  assert.deepEqual(line.waiting(), [], `after ${wakeUps} wake-ups there are still waiting`);
  if (keepsWakeUps) {
    for (let count = line.passed.length; count <= wakeUps; count += 1) line.add(`newcomer ${count}`);
    await untilBlocked();
    assert.equal(line.passed.length, wakeUps, "as many pass as there were wake-ups");
  }
  await line.dismiss();
}
