/** `@async/loop` on its own: callbacks and timers in their order, on the real clock and on a virtual one. */
import assert from "node:assert/strict";

import { EventLoop, VirtualClock, getRunningLoop } from "@async/loop";

for (const loop of [new EventLoop(), new EventLoop({ clock: new VirtualClock() })]) {
  const log: string[] = [];
  const end = loop.createFuture<string>();
  loop.callLater(2, () => {
    log.push("timer");
    end.setResult("done");
  });
  loop.callSoon((name: string) => log.push(name), "soon");
  loop.callSoon(() => assert.equal(getRunningLoop(), loop));
  assert.equal(await loop.runUntilComplete(end), "done");
  assert.deepEqual(log, ["soon", "timer"]);
  loop.close();
}
