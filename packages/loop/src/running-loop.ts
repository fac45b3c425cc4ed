/**
 * Which loop is meant where none is named: that of the running task or callback, by async context, else the default one.
 *
 * Python: `asyncio.get_running_loop`, `asyncio.get_event_loop`, `asyncio.new_event_loop`.
 */
import { UsageError } from "@async/futures";
import { currentAwaiter } from "@async/futures/port";

import { sharedDefaultLoop } from "./default-loop.ts";
import { EventLoop } from "./event-loop.ts";

/**
 * Returns the loop of the running task or callback.
 *
 * @throws UsageError outside of both; `getEventLoop` never throws.
 */
export function getRunningLoop(): EventLoop {
  const loop = currentAwaiter()?.scheduler;
  if (loop === undefined)
    throw new UsageError("There is no running event loop here: no task and no callback; use getEventLoop()");
  return loop as EventLoop;
}

/** Returns the loop of the running task or callback, else the default loop, which the host drives. */
export function getEventLoop(): EventLoop {
  return (currentAwaiter()?.scheduler as EventLoop | undefined) ?? sharedDefaultLoop(makeDefaultLoop);
}

/** Makes a loop of its own: nothing runs on it until one of its `run` methods is called. */
export function newEventLoop(): EventLoop {
  return new EventLoop();
}

function makeDefaultLoop(): EventLoop {
  const loop = new EventLoop();
  loop.driveByHost();
  return loop;
}
