/** Ten at a time, with a limit. */
import pLimit from "p-limit";

const limit = pLimit(10);
const load = (number: number) => Promise.resolve(number);
console.log(await Promise.all(Array.from({ length: 100 }, (_, number) => limit(() => load(number)))));
