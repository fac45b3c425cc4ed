import { Future } from "@async/futures";
import { Condition, Lock, Queue, Semaphore } from "@async/sync";
import { describe, expect, it } from "vitest";

import { type MakeWaiter, type WaiterLawOptions, waiterLaws } from "../src/index.ts";

/** What may be wrong with a turnstile. */
interface Flaws {
  /** Wakes the one who came last. */
  readonly lastFirst?: boolean;
  /** Lets everybody pass who comes. */
  readonly isOpen?: boolean;
  /** Wakes all for one wake-up. */
  readonly wakesAll?: boolean;
  /** Does not see that a waiter was cancelled, and wakes it. */
  readonly wakesTheCancelled?: boolean;
  /** Who is cancelled when woken takes the wake-up along. */
  readonly losesWakeUps?: boolean;
  /** Passes the wake-up on, and keeps it too. */
  readonly doublesWakeUps?: boolean;
  /** Who is cancelled stays in the list. */
  readonly keepsTheCancelled?: boolean;
  /** A wake-up without waiters is forgotten. */
  readonly forgets?: boolean;
  /** Who is cancelled leaves without a word. */
  readonly swallows?: boolean;
  /** Never wakes anybody. */
  readonly sleeps?: boolean;
}

/** Lets one pass for each wake-up, but for its flaws. */
const turnstile =
  (flaws: Flaws = {}): MakeWaiter =>
  () => {
    const waiters: Future<void>[] = [];
    let turns = 0;
    const wake = (): void => {
      if (flaws.sleeps === true) return;
      const alive =
        flaws.wakesTheCancelled === true ? waiters.slice(0, 1) : waiters.filter((one) => !one.done());
      const woken = flaws.wakesAll === true ? alive : [flaws.lastFirst === true ? alive.at(-1) : alive[0]];
      if (alive.length === 0 && flaws.forgets !== true) turns += 1;
      for (const turn of woken) {
        if (turn?.done() === false) turn.setResult();
      }
    };
    const wait = async (): Promise<void> => {
      if (flaws.isOpen === true) return;
      if (turns > 0) {
        turns -= 1;
        return;
      }
      const turn = new Future<void>();
      waiters.push(turn);
      try {
        await turn;
      } catch (error) {
        if (!turn.cancelled() && flaws.losesWakeUps !== true) wake();
        if (!turn.cancelled() && flaws.doublesWakeUps === true) turns += 1;
        if (turn.cancelled() && flaws.keepsTheCancelled === true) waiters.push(new Future());
        if (flaws.swallows !== true) throw error;
      } finally {
        void waiters.splice(waiters.indexOf(turn), 1);
      }
    };
    return { wait, wake, waiting: () => waiters.length };
  };

/** Who is woken looks whether it may pass, and finds that a newcomer was faster. */
const overtaken: MakeWaiter = () => {
  const waiters: Future<void>[] = [];
  let turns = 0;
  const wake = (): void => {
    turns += 1;
    waiters.find((one) => !one.done())?.setResult();
  };
  const wait = async (): Promise<void> => {
    while (turns === 0) {
      const turn = new Future<void>();
      waiters.push(turn);
      try {
        await turn;
      } finally {
        void waiters.splice(waiters.indexOf(turn), 1);
      }
    }
    turns -= 1;
  };
  return { wait, wake };
};

/** Resolves to the names of the laws, in order, with whether they hold. */
async function holds(make: MakeWaiter, options?: WaiterLawOptions): Promise<Map<string, boolean>> {
  const tests: (readonly [string, () => Promise<void>])[] = [];
  const runner = {
    describe: (_: string, body: () => void) => body(),
    it: (name: string, body: () => Promise<void>) => tests.push([name, body]),
  };
  waiterLaws(make, runner, options);
  const outcomes = new Map<string, boolean>();
  for (const [name, test] of tests) {
    await test().then(
      () => outcomes.set(name, true),
      () => outcomes.set(name, false),
    );
  }
  return outcomes;
}

const broken = (outcomes: Map<string, boolean>) =>
  [...outcomes].filter(([, isKept]) => !isKept).map(([name]) => name);

describe("a turnstile without a flaw", () => {
  waiterLaws(turnstile(), { describe, it });
});

describe("a turnstile that forgets", () => {
  waiterLaws(turnstile({ forgets: true }), { describe, it }, { keepsWakeUps: false, schedules: 100 });
});

describe("a lock", () => {
  const make = async () => {
    const lock = new Lock();
    await lock.acquire();
    return { wait: () => lock.acquire(), wake: () => lock.release() };
  };
  waiterLaws(make, { describe, it }, { oneAtATime: true });
});

describe("a semaphore", () => {
  const make = () => {
    const semaphore = new Semaphore(0);
    return { wait: () => semaphore.acquire(), wake: () => semaphore.release() };
  };
  waiterLaws(make, { describe, it });
});

describe("a queue", () => {
  const make = () => {
    const queue = new Queue<number>();
    return { wait: () => queue.get(), wake: () => queue.putNowait(1) };
  };
  waiterLaws(make, { describe, it }, { mayOvertake: true });
});

describe("a condition", () => {
  const make = () => {
    const condition = new Condition();
    const wait = async () => {
      await condition.acquire();
      try {
        await condition.wait();
      } finally {
        condition.release();
      }
    };
    const wake = async () => {
      await condition.acquire();
      condition.notify();
      condition.release();
    };
    return { wait, wake };
  };
  waiterLaws(make, { describe, it }, { keepsWakeUps: false });
});

describe("the laws", () => {
  it.each<[string, Flaws, string]>([
    ["lets everybody pass", { isOpen: true }, "nobody passes without a wake-up"],
    [
      "wakes the last one first",
      { lastFirst: true },
      "they pass in the order in which they came, one for each wake-up",
    ],
    [
      "wakes all for one",
      { wakesAll: true },
      "they pass in the order in which they came, one for each wake-up",
    ],
    ["wakes nobody", { sleeps: true }, "they pass in the order in which they came, one for each wake-up"],
    [
      "swallows cancellations",
      { swallows: true },
      "one that is cancelled leaves, and the others keep their order",
    ],
    [
      "keeps who was cancelled",
      { keepsTheCancelled: true },
      "one that is cancelled leaves, and the others keep their order",
    ],
    ["wakes who was cancelled", { wakesTheCancelled: true }, "one that was just cancelled takes no wake-up"],
    [
      "loses a wake-up",
      { losesWakeUps: true },
      "a wake-up goes on to the next when the one it was for is cancelled before it runs",
    ],
    ["forgets", { forgets: true }, "a wake-up for which nobody waits is kept, for one"],
    [
      "doubles a wake-up",
      { doublesWakeUps: true },
      "so is one whose only waiter is cancelled before it runs",
    ],
  ])("find a turnstile that %s", async (_, flaws, law) => {
    expect(broken(await holds(turnstile(flaws), { schedules: 50 }))).toContain(law);
  });

  it("find a turnstile that lets a newcomer overtake", async () => {
    expect(broken(await holds(overtaken))).toContain(
      "a newcomer does not overtake one who was woken and has not run yet",
    );
  });

  it.each<[string, Flaws]>([
    ["loses a wake-up", { losesWakeUps: true }],
    ["doubles a wake-up", { doublesWakeUps: true }],
    ["wakes nobody", { sleeps: true }],
  ])("find a turnstile that %s by cancelling everywhere", async (_, flaws) => {
    const names = broken(await holds(turnstile(flaws), { schedules: 300 }));
    expect(names).toContain("no waiter sleeps for ever, whoever is cancelled and when");
  });

  it("find in some order of things what the usual one does not show", async () => {
    expect(broken(await holds(turnstile({ losesWakeUps: true })))).toContain(
      "nor in whatever order things run",
    );
  });

  it("leave out what the options take away", async () => {
    const all = [...(await holds(turnstile(), { schedules: 1 })).keys()];
    const few = [
      ...(
        await holds(turnstile(), { schedules: 1, keepsWakeUps: false, oneAtATime: true, mayOvertake: true })
      ).keys(),
    ];
    expect(all.filter((name) => !few.includes(name))).toEqual([
      "a newcomer does not overtake one who was woken and has not run yet",
      "a wake-up for which nobody waits is kept, for one",
      "so is one whose only waiter is cancelled before it runs",
      "several wake-ups at once let as many pass, in order",
      "of several that are cancelled when woken, each passes its wake-up on",
    ]);
  });
});
