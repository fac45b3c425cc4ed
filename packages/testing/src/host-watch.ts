/**
 * watchHost: sees what the host has under way for a run, while it lasts.
 *
 * Node's async hooks tell of each request to the operating system when it begins, in the async context of who began it, which says for whom it is;
 * that its callback has run is its end. What travels over connections that live longer, HTTP, is told by Node's diagnostics channels.
 * Promises are left out, where Node allows it: watching them would make every await three times as slow.
 */
import { type HookCallbacks, createHook } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, ServerResponse } from "node:http";

import { currentAwaiter } from "@async/futures/port";

import { HostActivity } from "./host-activity.ts";

/** What ends by calling back once: of the file system, the resolver, cryptography; connecting, writing and shutting down. */
const ENDS_BY_ITSELF = /REQ|QUERYWRAP|CONNECTWRAP|WRITEWRAP|SHUTDOWNWRAP|SENDWRAP|ZLIB/;
/** It has a channel of its own: the hook tells of each piece of the response, not of its end. */
const HTTP_REQUEST = "HTTPCLIENTREQUEST";

/** The runs that are watched, by their loop. */
const watched = new Map<object, HostActivity>();
const byAsyncId = new Map<number, HostActivity>();
const byFetch = new WeakMap<object, HostActivity>();

/** Returns what is under way for the code of that loop, from now until `stopWatching`. */
export function watchHost(loop: object): HostActivity {
  const activity = new HostActivity();
  if (watched.size === 0) {
    hook.enable();
    for (const [name, listener] of channels) subscribe(name, listener);
  }
  watched.set(loop, activity);
  return activity;
}

export function stopWatching(loop: object): void {
  watched.delete(loop);
  if (watched.size > 0) return;
  hook.disable();
  for (const [name, listener] of channels) unsubscribe(name, listener);
  byAsyncId.clear();
}

/** Whose code is running; undefined for code of no run. */
function current(): HostActivity | undefined {
  const loop = currentAwaiter()?.scheduler;
  return loop === undefined ? undefined : watched.get(loop);
}

const callbacks: HookCallbacks & { readonly trackPromises: boolean } = {
  trackPromises: false,
  init(asyncId, type, _triggerAsyncId, resource) {
    if (type === "PROMISE") return;
    const activity = current();
    if (activity === undefined) return;
    if (type === "Timeout" || type === "Immediate") activity.beginTimer(resource as NodeJS.Timeout);
    else if (ENDS_BY_ITSELF.test(type) && type !== HTTP_REQUEST) {
      activity.begin(asyncId, type);
      byAsyncId.set(asyncId, activity);
    } else if (type === "TickObject") activity.noteTick();
  },
  after(asyncId) {
    byAsyncId.get(asyncId)?.end(asyncId);
    byAsyncId.delete(asyncId);
  },
};
const hook = createHook(callbacks);

type Listener = (message: unknown) => void;

/** `fetch` and everything else of undici; `node:http`; and the servers of `node:http`, whose handlers run in the context in which the server was made. */
const channels: readonly (readonly [string, Listener])[] = [
  ["undici:request:create", onFetch],
  ["undici:request:trailers", onFetchEnd],
  ["undici:request:error", onFetchEnd],
  ["http.client.request.start", onHttpRequest],
  ["http.server.request.start", onHttpAnswer],
];

function onFetch(message: unknown): void {
  const { request } = message as { request: { origin: unknown; path: string; method: string } };
  const activity = current();
  if (activity === undefined) return;
  activity.beginRequest(request, `${request.method} ${String(request.origin)}${request.path}`);
  byFetch.set(request, activity);
}

function onFetchEnd(message: unknown): void {
  const { request } = message as { request: object };
  byFetch.get(request)?.end(request);
}

function onHttpRequest(message: unknown): void {
  const { request } = message as { request: ClientRequest };
  const activity = current();
  if (activity === undefined) return;
  activity.beginRequest(request, `${request.method} ${request.protocol}//${request.host}${request.path}`);
  request.once("close", () => {
    activity.end(request);
  });
}

function onHttpAnswer(message: unknown): void {
  const { response } = message as { response: ServerResponse };
  const activity = current();
  if (activity === undefined) return;
  activity.beginAnswer(response);
  response.once("close", () => {
    activity.endAnswer(response);
  });
}
