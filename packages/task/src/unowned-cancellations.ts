/**
 * A cancelled async function whose promise nobody holds does not end the process.
 *
 * Cancelling a task reaches the awaits of everything that it started: the async handler of a server that it made, or the second of two sleeps of
 * which it awaits the first. Node ends a process whose promises are rejected unheard; but this cancellation was asked for, and there is
 * nobody whom it could surprise. Any other unhandled rejection ends the process as ever.
 */
import process from "node:process";

import { isCancelled } from "@async/futures";

let isInstalled = false;

/** From the first cancel request on, for good: the clean-up of what was cancelled may take any time. */
export function tolerateUnownedCancellations(): void {
  if (isInstalled) return;
  isInstalled = true;
  process.on("unhandledRejection", onRejection);
}

function onRejection(reason: unknown): void {
  if (isCancelled(reason) || process.listenerCount("unhandledRejection") > 1 || !nodeThrows()) return;
  // Node's own way with an unhandled rejection where nobody listens.
  throw reason;
}

/** In the other modes Node has done already what it was told to do. */
function nodeThrows(): boolean {
  const flags = [...process.execArgv, ...(process.env["NODE_OPTIONS"] ?? "").split(/\s+/)].join(" ");
  const mode = [...flags.matchAll(/--unhandled-rejections[= ](\S+)/g)].at(-1)?.[1];
  return mode === undefined || mode === "throw";
}
