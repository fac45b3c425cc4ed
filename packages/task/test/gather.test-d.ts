/** Types: what `returnExceptions` makes of the results when it is known only at run time. Checked by `tsc`, never run. */
import type { Future } from "@async/futures";
import { expectTypeOf } from "vitest";

import { type GatherOptions, type Task, gather } from "../src/index.ts";

declare const flag: boolean;
declare const options: GatherOptions;
declare const numberTasks: Task<number>[];
declare const texts: Set<Promise<string>>;

expectTypeOf(await gather([() => 1, async () => "text"], { returnExceptions: flag })).toEqualTypeOf<
  [number | Error, string | Error]
>();
expectTypeOf(await gather([() => 1], options)).toEqualTypeOf<[number | Error]>();
expectTypeOf(await gather(numberTasks, { returnExceptions: flag })).toEqualTypeOf<(number | Error)[]>();
expectTypeOf(gather(texts, { returnExceptions: flag })).toEqualTypeOf<Future<(string | Error)[]>>();
// Known not to be asked for: without errors.
expectTypeOf(await gather([() => 1], { returnExceptions: false })).toEqualTypeOf<[number]>();
expectTypeOf(await gather(texts, {})).toEqualTypeOf<string[]>();
