/** What the compiler makes of the public names; also what must not compile. */
import type { Future, FutureLike } from "@async/futures";
import { expectTypeOf } from "vitest";

import {
  Runner,
  type Task,
  TaskGroup,
  type Timeout,
  asCompleted,
  createTask,
  currentTask,
  ensureFuture,
  gather,
  run,
  shield,
  sleep,
  staggeredRace,
  timeout,
  timeoutAt,
  toThread,
  wait,
  waitFor,
} from "../src/index.ts";

declare const numberTask: Task<number>;
declare const textPromise: Promise<string>;
declare const numberTasks: Task<number>[];

// A task is a future, of what its function returns.
expectTypeOf<Task<number>>().toExtend<Future>();
expectTypeOf<Task<number>>().toExtend<Future<number>>();
expectTypeOf<Task<number>>().toExtend<Task>();
expectTypeOf<Task<number>>().toExtend<FutureLike<number>>();
expectTypeOf<Task<number>>().not.toExtend<Future<string>>();
expectTypeOf(createTask(() => 1)).toEqualTypeOf<Task<number>>();
expectTypeOf(createTask(async () => "text")).toEqualTypeOf<Task<string>>();
expectTypeOf(createTask(() => numberTask)).toEqualTypeOf<Task<number>>();
expectTypeOf(createTask(async () => numberTask)).toEqualTypeOf<Task<number>>();
expectTypeOf(createTask(async ({ signal }) => signal.aborted)).toEqualTypeOf<Task<boolean>>();
expectTypeOf(createTask((task) => task.name)).toEqualTypeOf<Task<string>>();
expectTypeOf(await numberTask).toEqualTypeOf<number>();
expectTypeOf(currentTask()).toEqualTypeOf<Task | null>();

// @ts-expect-error -- a promise has started already
void createTask(textPromise);
// @ts-expect-error -- nor is a future a function
void createTask(numberTask);
// @ts-expect-error -- the function gets a task and nothing else
void createTask((task: Task, extra: number) => [task, extra]);
// @ts-expect-error -- nor anything but a task
void createTask((name: string) => name);
// @ts-expect-error -- a name is a string
void createTask(() => 1, { name: 1 });

// sleep
expectTypeOf(sleep(1)).toEqualTypeOf<Promise<void>>();
expectTypeOf(sleep(1, "value")).toEqualTypeOf<Promise<string>>();
// @ts-expect-error -- milliseconds
await sleep("1");

// gather: a tuple gives the tuple of results, a list a list.
expectTypeOf(gather([() => 1, async () => "text", numberTask, textPromise])).toExtend<
  Future<[number, string, number, string]>
>();
expectTypeOf(await gather([() => 1, async () => "text"])).toEqualTypeOf<[number, string]>();
expectTypeOf(await gather([async ({ name }) => name, () => 1])).toEqualTypeOf<[string, number]>();
expectTypeOf(await gather(numberTasks)).toEqualTypeOf<number[]>();
expectTypeOf(await gather(new Set([numberTask]))).toEqualTypeOf<number[]>();
expectTypeOf(await gather([() => 1, textPromise], { returnExceptions: true })).toEqualTypeOf<
  [number | Error, string | Error]
>();
expectTypeOf(await gather(numberTasks, { returnExceptions: true })).toEqualTypeOf<(number | Error)[]>();
expectTypeOf(await gather([])).toEqualTypeOf<[]>();
// @ts-expect-error -- not in a list
await gather(numberTask);
// @ts-expect-error -- what cannot be awaited
await gather([1]);

// wait takes futures alone.
expectTypeOf(await wait([numberTask])).toEqualTypeOf<{
  readonly done: Set<Task<number>>;
  readonly pending: Set<Task<number>>;
}>();
// @ts-expect-error -- a function is no future
await wait([() => 1]);
// @ts-expect-error -- a promise is none either
await wait([textPromise]);
// @ts-expect-error -- there is no such moment
await wait([numberTask], { returnWhen: "LAST_COMPLETED" });

// asCompleted yields the futures themselves, or awaitables of their results; each time it is written.
for await (const task of asCompleted([numberTask])) expectTypeOf(task).toExtend<Task<number>>();
for await (const task of asCompleted(numberTasks)) expectTypeOf(task).toExtend<Task<number>>();
for await (const task of asCompleted([() => "text"])) expectTypeOf(task.result()).toEqualTypeOf<string>();
for await (const task of asCompleted([() => "text"])) expectTypeOf(task.result()).toEqualTypeOf<string>();
for (const outcome of asCompleted(numberTasks)) expectTypeOf(await outcome).toEqualTypeOf<number>();
for (const outcome of asCompleted([() => "text"])) expectTypeOf(await outcome).toEqualTypeOf<string>();
// @ts-expect-error -- not in a list
asCompleted(numberTask);

// Deadlines
expectTypeOf(timeout(1, async (scope) => scope.when())).toEqualTypeOf<Promise<number | null>>();
expectTypeOf(timeoutAt(null, () => numberTask)).toEqualTypeOf<Promise<number>>();
expectTypeOf(timeout(1, ({ signal }: Timeout) => signal.aborted)).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(waitFor(textPromise, null)).toEqualTypeOf<Promise<string>>();
expectTypeOf(waitFor(async ({ name }) => name, 1)).toEqualTypeOf<Promise<string>>();
expectTypeOf(waitFor(numberTask, 1)).toEqualTypeOf<Promise<number>>();
// @ts-expect-error -- the body is a function
await timeout(1, textPromise);
// @ts-expect-error -- null says that there is none
await waitFor(textPromise);

// TaskGroup
expectTypeOf(TaskGroup.run(async () => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(TaskGroup.run((group) => group.createTask(({ name }) => name))).toEqualTypeOf<Promise<string>>();
// @ts-expect-error -- groups are made by `run`
new TaskGroup();
// @ts-expect-error -- a promise has started already
await TaskGroup.run((group) => group.createTask(textPromise));

// The rest
expectTypeOf(shield(textPromise)).toEqualTypeOf<Future<string>>();
expectTypeOf(shield(async ({ name }) => name)).toEqualTypeOf<Future<string>>();
expectTypeOf(ensureFuture(numberTask)).toEqualTypeOf<Future<number>>();
expectTypeOf(ensureFuture(async ({ name }) => name)).toEqualTypeOf<Future<string>>();
expectTypeOf(toThread((count: number, text: string) => text.repeat(count), 2, "a")).toEqualTypeOf<
  Future<string>
>();
expectTypeOf((await staggeredRace([() => 1], null)).winner).toEqualTypeOf<number | null>();
expectTypeOf((await staggeredRace([async ({ name }) => name], 1)).winner).toEqualTypeOf<string | null>();
expectTypeOf(run(async ({ name }) => name)).toEqualTypeOf<Promise<string>>();
expectTypeOf(new Runner().run(async ({ name }) => name)).toEqualTypeOf<Promise<string>>();
// @ts-expect-error -- the arguments of the function
void toThread((a: number) => a, "1");
// @ts-expect-error -- a promise has started already
await run(textPromise);
// @ts-expect-error -- contenders are functions
await staggeredRace([textPromise], 1);
