/** The stage of most tests here: a loop whose time stands still while anything is ready to run, so that hours pass at once. */
import type { ExceptionContext } from "@async/futures";

import { EventLoop, type EventLoopOptions, VirtualClock } from "../src/index.ts";

export function virtualLoop(options: EventLoopOptions = {}): EventLoop {
  return new EventLoop({ clock: new VirtualClock(), debug: false, ...options });
}

/** What a loop's exception handler gets, in place of being printed. */
export function recordReports(loop: EventLoop): ExceptionContext[] {
  const reports: ExceptionContext[] = [];
  loop.setExceptionHandler((_, context) => reports.push(context));
  return reports;
}
