/**
 * The grace of a withdrawn call: it gets some time to end by itself; then its worker is ended with it.
 *
 * At a process the call may wait behind another one that has done nothing wrong. Then it is waited for, unless all before it are quick ones,
 * which cannot be what takes so long.
 */
import type { Call } from "./call.ts";
import { afterDelay, hostNow } from "./host.ts";
import type { InFlight } from "./in-flight.ts";

/** Milliseconds: calls of a process that take less may have ended without our knowing. See `outbox.ts`. */
const QUICK = 0.1;

/** The worker, as far as it matters here. */
export interface Grantor {
  readonly calls: InFlight;
  /** A call cannot wait behind another one that runs: what was not taken back has started. */
  readonly isExact: boolean;
  /** Milliseconds of grace. */
  readonly grace: number;
  /** When the worker was last heard of. */
  lastNews(): number;
  endWorker(): void;
}

/** Ends the worker if the call has not ended after the grace period. */
export function grantGrace(call: Call, grantor: Grantor): void {
  const { calls, grace, isExact } = grantor;
  const isFirst = isExact || call.seq === calls.oldest;
  const askedAt = hostNow();
  afterDelay(grace, () => {
    if (!calls.has(call)) return;
    const isStuck = grantor.lastNews() < askedAt && areQuick(calls, call.seq);
    if (isFirst || isStuck) grantor.endWorker();
    else grantGrace(call, grantor);
  });
}

/** Whether all calls before that one are quick ones. */
function areQuick(calls: InFlight, end: number): boolean {
  for (let seq = calls.oldest; seq < end; seq++) {
    const call = calls.at(seq);
    if (call !== undefined && (call.fn.pace ?? Infinity) > QUICK) return false;
  }
  return true;
}
