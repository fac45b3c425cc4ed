/** Types: what compiles, and what must not. Checked by `tsc`, never run. */
import { expectTypeOf } from "vitest";

import type { Executor, Future } from "../src/index.ts";

declare const executor: Executor;
declare function add(a: number, b: number): number;
declare function fetchText(url: string): Promise<string>;

// The result of an async function comes unwrapped.
expectTypeOf(executor.submit(add, 1, 2)).toEqualTypeOf<Future<number>>();
expectTypeOf(executor.submit(fetchText, "url")).toEqualTypeOf<Future<string>>();
expectTypeOf(executor.map(fetchText, ["url"], { chunkSize: 1, bufferSize: 2 })).toEqualTypeOf<
  AsyncIterable<string>
>();
expectTypeOf(executor.starmap(add, [[1, 2]])).toEqualTypeOf<AsyncIterable<number>>();
async function* urls(): AsyncGenerator<string> {}
expectTypeOf(executor.map(fetchText, urls())).toEqualTypeOf<AsyncIterable<string>>();

// @ts-expect-error an argument is missing
void executor.submit(add, 1);
// @ts-expect-error an argument is of the wrong type
void executor.submit(add, 1, "2");
// @ts-expect-error the function comes first
void executor.submit(1, 2, add);
// @ts-expect-error the items are not what the function takes
executor.map(fetchText, [1]);
// @ts-expect-error nor are the arguments
executor.starmap(add, [[1]]);
