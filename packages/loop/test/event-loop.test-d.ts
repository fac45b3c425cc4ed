/** Types: what compiles, and what must not. Checked by `tsc`, never run. */
import type { Executor, Future, Scheduler } from "@async/futures";
import { expectTypeOf } from "vitest";

import { EventLoop, type Handle, type TimerHandle, VirtualClock } from "../src/index.ts";

const loop = new EventLoop({ clock: new VirtualClock(), debug: true });
declare function greet(name: string, times?: number): void;
declare const executor: Executor;

expectTypeOf<EventLoop>().toExtend<Scheduler>();
expectTypeOf<TimerHandle>().toExtend<Handle>();

// Arguments are those of the callback.
expectTypeOf(loop.callSoon(greet, "world")).toEqualTypeOf<Handle>();
expectTypeOf(loop.callLater(1, greet, "world", 2)).toEqualTypeOf<TimerHandle>();
expectTypeOf(loop.callAt(1, async () => {})).toEqualTypeOf<TimerHandle>();
loop.callSoon((a: number, b: string) => [a, b], 1, "b");
loop.addSignalHandler("SIGTERM", greet, "world");
// @ts-expect-error an argument is missing
loop.callSoon(greet);
// @ts-expect-error an argument is of the wrong type
loop.callLater(1, greet, 2);
// @ts-expect-error there is one argument too many
loop.callAt(1, greet, "world", 2, 3);
// @ts-expect-error the delay comes first
loop.callLater(greet, 1);
// @ts-expect-error a callback is a function
loop.callSoon("greet");
// @ts-expect-error there is no such signal
loop.addSignalHandler("SIGNONE", () => {});

// Futures and runs.
expectTypeOf(loop.createFuture<number>()).toEqualTypeOf<Future<number>>();
expectTypeOf(loop.createFuture()).toEqualTypeOf<Future>();
expectTypeOf(loop.runUntilComplete(loop.createFuture<number>())).toEqualTypeOf<Promise<number>>();
expectTypeOf(loop.runUntilComplete(Promise.resolve("text"))).toEqualTypeOf<Promise<string>>();
// @ts-expect-error a function is no future
void loop.runUntilComplete(async () => {});

// Executors.
expectTypeOf(loop.runInExecutor(executor, async (n: number) => n, 1)).toEqualTypeOf<Future<number>>();
expectTypeOf(loop.runInExecutor(null, () => "text")).toEqualTypeOf<Future<string>>();
// @ts-expect-error an argument is missing
void loop.runInExecutor(null, (n: number) => n);
// @ts-expect-error an executor has more methods
loop.setDefaultExecutor({ submit() {} });

// The exception handler.
loop.setExceptionHandler((on, { message, exception }) => {
  expectTypeOf(on).toEqualTypeOf<EventLoop>();
  expectTypeOf(message).toEqualTypeOf<string>();
  expectTypeOf(exception).toEqualTypeOf<unknown>();
});
loop.setExceptionHandler(null);
// @ts-expect-error a message is needed
loop.callExceptionHandler({ exception: new Error("boom") });
// @ts-expect-error a clock tells the time
new EventLoop({ clock: {} });
