/** Ten at a time, with an option of forEach. */
import { Effect } from "effect";

const numbers = Array.from({ length: 100 }, (_, number) => number);
const load = (number: number) => Effect.promise(() => Promise.resolve(number));
console.log(await Effect.runPromise(Effect.forEach(numbers, load, { concurrency: 10 })));
