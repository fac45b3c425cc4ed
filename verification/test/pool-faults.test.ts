/**
 * Every fault that a worker function can have, in each situation, in threads and in processes.
 *
 * A fault is a deed of `fault-work.ts` and how its call must end. A situation has the fault happen to one call among innocent ones, which must
 * end as if nothing had happened. What holds after each is checked by `FaultStage`.
 */
import { type Future, TimeoutError } from "@async/futures";
import { until } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type End, FaultStage, endOfCall } from "./fault-stage.ts";
import { type Kind, POOLS, type PoolOptions, work } from "./pools-under-test.ts";

interface Fault {
  readonly name: string;
  /** What the call is told: a deed, or what cannot even be sent. */
  readonly deed: unknown;
  /** How the call must end. `broken` is what the death of a worker looks like. */
  readonly ends: (broken: unknown) => End;
  /** How an iteration ends, where no future is between. Default: as the call. */
  readonly endsMap?: End;
  readonly only?: Kind;
  readonly options?: Readonly<Record<Kind, PoolOptions>>;
  /** Nothing but a cancellation ends it. */
  readonly isEndless?: true;
  /** The pool must report it, for no call can be blamed. */
  readonly isStray?: true;
}

const done = { result: "done" };
const cloneError = () => ({ error: expect.objectContaining({ name: "DataCloneError" }) as unknown });
const throws = (error: unknown) => () => ({ error });
const dies = (broken: unknown) => ({ error: broken });

const FAULTS: readonly Fault[] = [
  { name: "ends its worker with process.exit", deed: "exit", ends: dies },
  { name: "is killed by the system", deed: "kill itself", only: "processes", ends: dies },
  {
    name: "uses up the memory",
    deed: "use up the memory",
    ends: dies,
    options: {
      threads: { resourceLimits: { maxOldGenerationSizeMb: 32 } },
      processes: { execArgv: ["--max-old-space-size=32"] },
    },
  },
  {
    name: "throws in a timer while it runs",
    deed: "throw in a timer meanwhile",
    ends: () => done,
    isStray: true,
  },
  { name: "throws in a timer when it is over", deed: "throw in a timer afterwards", ends: () => done },
  {
    name: "rejects a promise that nobody awaits",
    deed: "reject what nobody awaits",
    ends: () => done,
    isStray: true,
  },
  {
    name: "loops for ever, and is cancelled",
    deed: "loop for ever",
    ends: () => "cancelled",
    isEndless: true,
  },
  { name: "is given a function", deed: { deed: () => {} }, ends: cloneError },
  { name: "is given a symbol among data", deed: [1, { deed: Symbol("work") }], ends: cloneError },
  {
    name: "is given a URL among data",
    deed: { deed: [new URL("https://example.org/")] },
    ends: cloneError,
  },
  { name: "is given a Blob", deed: new Blob(["work"]), only: "processes", ends: cloneError },
  { name: "returns a function", deed: "return a function", ends: cloneError },
  { name: "returns a URL among data", deed: "return a URL", ends: cloneError },
  { name: "returns a WebAssembly.Module", deed: "return a module", only: "processes", ends: cloneError },
  { name: "returns a symbol", deed: "return a symbol", ends: cloneError },
  { name: "returns what breaks when it is looked at", deed: "return a revoked proxy", ends: cloneError },
  {
    name: "returns data of many kinds",
    deed: "return data",
    ends: () => ({
      result: [new Map([[1n, new Set(["a"])]]), new Date(0), new Float64Array([0.5]), undefined, null],
    }),
  },
  { name: "throws a text", deed: "throw a text", ends: throws("text") },
  {
    name: "throws undefined",
    deed: "throw undefined",
    ends: throws(new Error("undefined was thrown; throw an Error instead")),
    endsMap: { error: undefined },
  },
  { name: "throws a function", deed: "throw a function", ends: throws(expect.anything()) },
  {
    name: "throws an error in a circle",
    deed: "throw a circle",
    ends: throws(expect.objectContaining({ message: "circle" })),
  },
  { name: "throws a hostile error", deed: "throw a hostile error", ends: throws(expect.anything()) },
  {
    name: "throws an error with code, causes and properties",
    deed: "throw a rich error",
    ends: throws(
      expect.objectContaining({
        name: "TypeError",
        message: "the message",
        code: "E_RICH",
        details: new Map([["key", 1n]]),
        cause: expect.objectContaining({
          message: "the cause",
          cause: expect.objectContaining({ name: "RangeError", message: "the root" }) as unknown,
        }) as unknown,
      }),
    ),
  },
];

describe.each(POOLS)("in $kind, a call that", { tags: ["slow"] }, ({ kind, Pool, Broken }) => {
  const broken = expect.any(Broken) as unknown;
  const faults = FAULTS.filter(({ only }) => only === undefined || only === kind);

  describe.each(faults)("$name", (fault) => {
    const endOfFault = fault.ends(broken);

    const play = (maxWorkers: number, scene: (stage: FaultStage) => Promise<void>) =>
      FaultStage.run((options) => new Pool({ maxWorkers, ...options, ...fault.options?.[kind] }), scene);

    /** How an iteration ends whose third item is faulty, and what it has handed out until then. */
    const endOfMap = (chunkSize: number): [end: unknown, results: unknown[]] => {
      const before = ["done", "done"];
      if (typeof endOfFault === "object" && "result" in endOfFault)
        return [{ result: undefined }, [...before, endOfFault.result, "done", "done", "done"]];
      const end =
        fault.isEndless === true
          ? { error: expect.any(TimeoutError) as unknown }
          : (fault.endsMap ?? endOfFault);
      // A chunk that is lost with its worker takes its results along.
      return [end, fault.ends === dies && chunkSize > 1 ? [] : before];
    };

    /** Stops a call that only a cancellation can end. */
    const stopIfEndless = async (future: Future): Promise<void> => {
      if (fault.isEndless !== true) return;
      await until(() => future.running());
      expect(future.cancel()).toBe(true);
      expect(future.cancelled()).toBe(true);
    };

    it("running beside others", () =>
      play(2, async (stage) => {
        const neighbour = await stage.hold();
        const faulty = stage.act(fault.deed);
        const innocent = ["work", "work"].map((deed) => stage.act(deed));
        await stopIfEndless(faulty);
        expect(await endOfCall(faulty)).toEqual(endOfFault);
        expect(await Promise.all(innocent)).toEqual(["done", "done"]);
        expect(neighbour.future.done()).toBe(false);
        neighbour.gate.open();
        await neighbour.future;
        if (fault.isStray === true) await stage.strayed(1);
      }));

    it("queued among others", () =>
      play(1, async (stage) => {
        const first = await stage.hold();
        const before = stage.act("work");
        const faulty = stage.act(fault.deed);
        const after = ["work", "work", "work"].map((deed) => stage.act(deed));
        first.gate.open();
        await stopIfEndless(faulty);
        expect(await endOfCall(faulty)).toEqual(endOfFault);
        expect(await Promise.all([before, ...after])).toEqual(["done", "done", "done", "done"]);
        if (fault.isStray === true) await stage.strayed(1);
      }));

    it("during shutdown", () =>
      play(1, async (stage) => {
        const first = await stage.hold();
        const faulty = stage.act(fault.deed);
        const after = ["work", "work"].map((deed) => stage.act(deed));
        const shutdown = stage.pool.shutdown();
        first.gate.open();
        await stopIfEndless(faulty);
        expect(await endOfCall(faulty)).toEqual(endOfFault);
        expect(await Promise.all(after)).toEqual(["done", "done"]);
        await shutdown;
      }));

    it.each([1, 5])("inside map, with chunks of %d", (chunkSize) =>
      play(2, async (stage) => {
        const items = ["work", "work", fault.deed, "work", "work", "work"];
        const results: unknown[] = [];
        const pool = fault.isEndless === true ? stage.pool.with({ timeout: 500 }) : stage.pool;
        const iterate = async (): Promise<void> => {
          for await (const result of pool.map(work.act, items, { chunkSize })) results.push(result);
        };
        const iteration = iterate();
        const end = await endOfCall(iteration);
        expect([end, results]).toEqual(endOfMap(chunkSize));
      }),
    );
  });
});
