/** The stage of most tests here: a loop whose time stands still while anything is ready to run, so that hours pass at once. */
import { EventLoop, VirtualClock } from "@async/loop";

import { type Coroutine, run } from "../src/index.ts";

/** Runs `main` on virtual time and settles as it does. What is left when it ends is cancelled. */
export function onVirtualTime<T>(main: Coroutine<T>, loop: EventLoop = virtualLoop()): Promise<T> {
  return run(main, { loop });
}

/** A loop on virtual time, for a test that sets something on it first. */
export function virtualLoop(options: { readonly debug?: boolean } = {}): EventLoop {
  return new EventLoop({ clock: new VirtualClock(), debug: false, ...options });
}

/** Writes the messages that the loop's exception handler gets into the list, in place of printing them. */
export function recordReports(loop: EventLoop): string[] {
  const messages: string[] = [];
  loop.setExceptionHandler((_, { message }) => messages.push(message));
  return messages;
}
