/** Types: what compiles, and what must not. Checked by `tsc`, never run. */
import { expectTypeOf } from "vitest";

import { type FutureLike, type WaitResult, Future, asCompleted, wait } from "../src/index.ts";

class Own extends Future<string> {
  extra = 1;
}
const numbers = [new Future<number>()];
const mixed = [new Future<number>(), new Own()] as const;

// wait gives the very futures back.
expectTypeOf(await wait(numbers)).toEqualTypeOf<WaitResult<Future<number>>>();
expectTypeOf((await wait([new Own()])).done).toEqualTypeOf<Set<Own>>();
expectTypeOf((await wait(mixed)).pending).toEqualTypeOf<Set<Future<number> | Own>>();
expectTypeOf(await wait(new Set<FutureLike>())).toEqualTypeOf<WaitResult<FutureLike>>();
void wait(numbers, { timeout: 1, returnWhen: "FIRST_EXCEPTION" });
void wait(numbers, { timeout: null });

// @ts-expect-error there is no such moment
void wait(numbers, { returnWhen: "FIRST" });
// @ts-expect-error milliseconds
void wait(numbers, { timeout: "1s" });
// @ts-expect-error an iterable is wanted
void wait(new Future());
// @ts-expect-error of futures
void wait([Promise.resolve(1)]);

// asCompleted: the futures for `for await`, awaitables of their results for `for`.
for await (const future of asCompleted(numbers)) {
  expectTypeOf(future).toExtend<Future<number>>();
  expectTypeOf(future.result()).toEqualTypeOf<number>();
}
for (const next of asCompleted(numbers)) expectTypeOf(await next).toEqualTypeOf<number>();
for (const next of asCompleted(mixed)) expectTypeOf(await next).toEqualTypeOf<number | string>();

// @ts-expect-error of futures
asCompleted([1]);
// @ts-expect-error an iterable is wanted
asCompleted(new Future());
