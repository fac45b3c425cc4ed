/** PriorityQueue: as a queue, but the smallest item comes out first; of equal ones, the first to be put in. */
import { PriorityQueue } from "@async/sync";

import { explorationsOf } from "./queue.ts";

export const priorityQueue = explorationsOf("PriorityQueue", {
  make: (maxsize) => new PriorityQueue(maxsize, (a, b) => a.priority - b.priority),
  next: (items) => {
    const smallest = Math.min(...items.map(({ priority }) => priority));
    return items.findIndex(({ priority }) => priority === smallest);
  },
});
