/** LifoQueue: as a queue, but the latest item comes out first. */
import { LifoQueue } from "@async/sync";

import { explorationsOf } from "./queue.ts";

export const lifoQueue = explorationsOf("LifoQueue", {
  make: (maxsize) => new LifoQueue(maxsize),
  next: (items) => items.length - 1,
});
