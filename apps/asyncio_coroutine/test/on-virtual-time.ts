/** onVirtualTime: runs a test's coroutine on a loop whose time moves only when everything waits: hours pass at once. */
import { EventLoop, VirtualClock } from "@async/loop";
import { run } from "@async/task";

export function onVirtualTime<T>(main: () => Promise<T>): Promise<T> {
  return run(main, { loop: new EventLoop({ clock: new VirtualClock() }) });
}
