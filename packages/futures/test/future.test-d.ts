/** Types: what compiles, and what must not. Checked by `tsc`, never run. */
import { expectTypeOf } from "vitest";

import { type FutureLike, Future, isFuture, wrapFuture } from "../src/index.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

const future = new Future<number>();

// A future of something narrower is a future of something wider, not the other way round.
expectTypeOf<Future<number>>().toExtend<Future>();
expectTypeOf<Future<number>>().toExtend<Future<number | string>>();
expectTypeOf<Future<number>>().toExtend<FutureLike<number>>();
expectTypeOf<Future<number>>().toExtend<PromiseLike<number>>();
expectTypeOf<Future>().not.toExtend<Future<number>>();
// A promise is no future.
expectTypeOf<Promise<number>>().not.toExtend<FutureLike>();
expectTypeOf<{ then(): void }>().not.toExtend<FutureLike>();

// Outcomes.
expectTypeOf(await future).toEqualTypeOf<number>();
expectTypeOf(future.result()).toEqualTypeOf<number>();
expectTypeOf(future.exception()).toEqualTypeOf<unknown>();
expectTypeOf(new Future()).toEqualTypeOf<Future>();
expectTypeOf(await Promise.all([future, new Future<string>()])).toEqualTypeOf<[number, string]>();

// The promises that come out of then, catch and finally.
expectTypeOf(future.then()).toEqualTypeOf<Promise<number>>();
expectTypeOf(future.then(String)).toEqualTypeOf<Promise<string>>();
expectTypeOf(future.then(null, () => null)).toEqualTypeOf<Promise<number | null>>();
expectTypeOf(future.catch(() => "fallback")).toEqualTypeOf<Promise<number | string>>();
expectTypeOf(future.finally(() => {})).toEqualTypeOf<Promise<number>>();

// A callback gets the future itself, of its own class.
class Own extends Future<number> {
  extra = 1;
}
new Own().addDoneCallback((own) => expectTypeOf(own.extra).toEqualTypeOf<number>());
future.addDoneCallback((done) => expectTypeOf(done.result()).toEqualTypeOf<number>());

// wrapFuture and isFuture.
expectTypeOf(wrapFuture(future)).toEqualTypeOf<Future<number>>();
const unknown: unknown = future;
if (isFuture(unknown)) expectTypeOf(unknown).toEqualTypeOf<FutureLike>();

void new Future({ scheduler: new ManualScheduler() });
new Future<void>().setResult(undefined);

// @ts-expect-error a number is wanted
future.setResult("text");
// @ts-expect-error a result is wanted
future.setResult();
// @ts-expect-error a promise is no result
future.setResult(Promise.resolve(1));
// @ts-expect-error nor is a function a constructor's argument: this is no Promise
void new Future<number>((resolve: (value: number) => void) => resolve(1));
// @ts-expect-error a scheduler has callSoon and callLater
void new Future({ scheduler: {} });
// @ts-expect-error a callback is a function
future.addDoneCallback(null);
// @ts-expect-error its parameter is the future, not the result
future.addDoneCallback((value: number) => value);
// @ts-expect-error a promise is no future
void wrapFuture(Promise.resolve(1));
// @ts-expect-error the reason is kept for good
future.cancelReason = "why";
