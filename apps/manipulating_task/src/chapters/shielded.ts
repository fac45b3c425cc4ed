/** Shield: who waits may be cancelled, and the work goes on. */
import { getRunningLoop } from "@async/loop";
import { createTask, gather, shield, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";

export const shielded: Chapter = {
  title: "Shield",
  about:
    "Cancelling a task also cancels the task that it awaits. shield stops that: the client of each order hangs up half-way, and only the shielded order is still delivered.",

  async run({ watch, say }) {
    const bothHalfway = getRunningLoop().createFuture<string>();
    let halfway = 0;
    const deliver = async () => {
      say("is on the way");
      await sleep(150);
      say("is half-way");
      halfway += 1;
      if (halfway === 2) bothHalfway.setResult("hung up");
      await sleep(150);
      return "delivered";
    };
    const order1 = watch(createTask(deliver, { name: "order 1" }));
    const order2 = watch(createTask(deliver, { name: "order 2" }));
    const client1 = watch(createTask(async () => await shield(order1), { name: "client 1" }));
    const client2 = watch(createTask(async () => await order2, { name: "client 2" }));

    const reason = await bothHalfway;
    say("both clients hang up");
    for (const client of [client1, client2]) client.cancel(reason);
    await gather([client1, client2, order1, order2], { returnExceptions: true });
  },
};
