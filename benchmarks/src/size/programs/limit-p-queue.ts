/** Ten at a time, with a queue. */
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 10 });
const load = (number: number) => Promise.resolve(number);
console.log(await queue.addAll(Array.from({ length: 100 }, (_, number) => () => load(number))));
