/** The stage of most tests here: a loop whose time stands still while anything is ready to run, so that hours pass at once. */
import { EventLoop, VirtualClock } from "@async/loop";
import { type Coroutine, run } from "@async/task";

/** Runs `main` on virtual time and settles as it does. What is left when it ends is cancelled. */
export function onVirtualTime<T>(main: Coroutine<T>, loop: EventLoop = virtualLoop()): Promise<T> {
  return run(main, { loop });
}

export function virtualLoop(): EventLoop {
  return new EventLoop({ clock: new VirtualClock(), debug: false });
}
