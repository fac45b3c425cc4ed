/**
 * Lease: what a worker is told at its start, in the one call of workerpool's that it ever gets.
 *
 *     worker script ── "ready" ──► workerpool ── { method: "serve", params: [lease] } ──► worker script serves until it ends
 *
 * That call is never answered: as long as it runs, workerpool leaves the worker alone and tells of its death.
 */
import type { MessagePort } from "node:worker_threads";

import type { FunctionAddress, Packed } from "../wire/index.ts";

export interface Lease {
  readonly name: string;
  readonly initializer: { readonly address: FunctionAddress; readonly args: Packed } | null;
  /** For a thread: where messages come and go, and the memory of its slots. */
  readonly port: MessagePort | null;
  readonly memory: SharedArrayBuffer | null;
  /** For a process: the file of its flight recorder, null if there is none; and who has started it. */
  readonly recorder: string | null;
  readonly parentPid: number;
}

/** Says whether the message is workerpool's request that carries the lease. */
export function leaseIn(message: unknown): Lease | null {
  if (typeof message !== "object" || message === null) return null;
  const { method, params } = message as { method?: unknown; params?: unknown };
  return method === "serve" && Array.isArray(params) ? (params[0] as Lease) : null;
}
