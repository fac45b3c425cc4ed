/**
 * feedText: fills an inbox from a stream of text. White space separates, and a '#' begins a comment that ends with its line.
 *
 * The host's stream knows nothing of tasks, but of signals: when the task is cancelled its signal aborts, that destroys the stream, and the
 * AbortError that comes out of the loop below counts as the cancellation it stands for.
 */
import { type Readable, addAbortSignal } from "node:stream";

import type { Inbox } from "./inbox.ts";

/** Reads on only when the inbox is empty: an endless stream does not fill the memory. */
export async function feedText(stream: Readable, inbox: Inbox, signal: AbortSignal): Promise<void> {
  addAbortSignal(signal, stream.setEncoding("utf8"));
  let inComment = false;
  for await (const chunk of stream as AsyncIterable<string>) {
    for (const character of chunk) {
      if (character === "#") inComment = true;
      else if (character === "\n") inComment = false;
      else if (!inComment && character.trim() !== "") inbox.push(character);
    }
    await inbox.waitUntilEmpty();
  }
  inbox.end();
}
