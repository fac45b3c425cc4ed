/** The scenes: what each tells, with real workers. */
import { expect, it } from "vitest";

import { workUrl } from "../../src/in-workers.ts";
import { cancelling } from "../../src/scenes/cancelling.ts";
import { deadWorkers } from "../../src/scenes/dead-workers.ts";
import { mapping } from "../../src/scenes/mapping.ts";
import { outcomes } from "../../src/scenes/outcomes.ts";
import { shuttingDown } from "../../src/scenes/shutting-down.ts";
import { timeLimits } from "../../src/scenes/time-limits.ts";
import { played } from "./played.ts";

it(
  "maps in order, over several arguments, up to an error, and over an endless input",
  { tags: ["slow"] },
  async () => {
    const lines = await played(mapping);
    expect(lines.slice(0, 3)).toEqual([
      "map(square, [1, 2, 3, 4, 5]): 1, 4, 9, 16, 25",
      "starmap(evaluate, [[2, 1000], [3, 1000]]): 2000, 3000",
      "map(squareRoot, [4, 9, -1, 16]): 2, 3, NotReal: -1 has no real square root",
    ]);
    const [, read] = /1024 is beyond 1000; (\d+) numbers were read/.exec(lines[3]!) ?? [];
    // The 32 that were needed, and at most the 8 of the buffer.
    expect(Number(read)).toBeGreaterThanOrEqual(32);
    expect(Number(read)).toBeLessThanOrEqual(40);
  },
);

it("shows results, and errors that have kept their class", { tags: ["slow"] }, async () => {
  const lines = await played(outcomes);
  expect(lines.slice(0, -1)).toEqual([
    "good = submit(square, 12): <PoolFuture pending>",
    "await wait([good, bad]), then good: <PoolFuture finished result=144>",
    "good.result(): 144",
    "bad.exception(): NotReal: -1 has no real square root",
    "instanceof NotReal, code, number: true, ERR_NOT_REAL, -1",
  ]);
  expect(lines.at(-1)).toMatch(
    new RegExp(
      `^cause: RemoteTraceback: call 2, squareRoot of ${workUrl.href}, in ProcessPoolExecutor-\\d+_\\d$`,
    ),
  );
});

it("cancels what waits, what listens and what does not", { tags: ["slow"] }, async () => {
  const lines = await played(cancelling);
  expect(lines.slice(0, -1)).toEqual([
    "waiting.cancel(): true: <PoolFuture cancelled>",
    "listening.running(): true",
    'listening.cancel("that is enough"), then await: CancelledError: that is enough',
    "its worker, asked what it heard: I was told: that is enough",
    "endless.cancel(), then await: CancelledError: cancelled",
  ]);
  expect(lines.at(-1)).toMatch(/^the next call: 9, by a new worker, \d+ ms after the cancel$/);
});

it("stops what takes too long: an iteration, a call, a block", { tags: ["slow"] }, async () => {
  const [iteration, call, block] = await played(timeLimits);
  expect(iteration).toMatch(/TimeoutError: map took longer than 100 ms$/);
  expect(call).toMatch(/: TimeoutError: call \d+, countForEver of .* took longer than 100 ms$/);
  expect(block).toBe(
    "timeout(100, () => submit(countForEver)): TimeoutError: the time is up; the call: <PoolFuture cancelled>",
  );
});

it(
  "shows what the caller sees of a worker that dies, and that others see nothing",
  { tags: ["slow"] },
  async () => {
    const lines = await played(deadWorkers);
    expect(
      lines.map((line) => line.replace(/(Executor)-\d+_\d+/, "$1-n_n").replace(workUrl.href, "work.ts")),
    ).toEqual([
      "threads: submit(exit, 7): BrokenThreadPool: Worker thread ThreadPoolExecutor-n_n exited with code 7 while it ran call 2, exit of work.ts",
      "the calls around it: 4, 9, 16, 25",
      "processes: submit(exit, 7): BrokenProcessPool: Worker process ProcessPoolExecutor-n_n exited with code 7 while it ran call 2, exit of work.ts",
      "the calls around it: 4, 9, 16, 25",
      "processes: submit(killProcess): BrokenProcessPool: Worker process ProcessPoolExecutor-n_n was killed by SIGKILL while it ran call 1, killProcess of work.ts",
      "workers that died, and the next call: 1, 36",
      'with onWorkerDeath: "break", the next call: BrokenThreadPool: ThreadPoolExecutor-n_n died (exited with code 7); ThreadPoolExecutor is broken',
    ]);
  },
);

it(
  "shuts down in order, and drops what has not started where it is asked to",
  { tags: ["slow"] },
  async () => {
    expect(await played(shuttingDown)).toEqual([
      "submit after shutdown(): UsageError: ThreadPoolExecutor has been shut down: it takes no more calls; make a new one",
      "await shutdown(), the calls before: 1, 4, 9, 16",
      "workers that are left: 0",
      "shutdown({ cancelFutures: true }), queued: true, true, true",
      "once the running call has ended: workers: 0",
    ]);
  },
);
