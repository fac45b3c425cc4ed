/**
 * feedKeys: fills an inbox with the keys pressed at a terminal, without waiting for Enter.
 *
 * In raw mode the terminal no longer makes a signal of Ctrl+C, nor an end of input of Ctrl+D: we do. Whatever ends the task, the terminal is
 * given back as it was.
 */
import { type Key, emitKeypressEvents } from "node:readline";

import { getRunningLoop } from "@async/loop";

import type { Inbox } from "./inbox.ts";

/** A terminal's input: `process.stdin`, or what a test plays it with. */
export interface Keyboard extends NodeJS.ReadableStream {
  setRawMode(raw: boolean): unknown;
}

/** Feeds until it is cancelled. */
export async function feedKeys(keyboard: Keyboard, inbox: Inbox, interrupt: () => void): Promise<never> {
  const onKey = (text: string | undefined, key: Key) => {
    if (key.ctrl === true && key.name === "c") interrupt();
    else if (key.ctrl === true && key.name === "d") inbox.end();
    // Arrows and their like have no text.
    else if (text !== undefined && text.trim() !== "") inbox.push(text);
  };
  const onEnd = () => inbox.end();
  emitKeypressEvents(keyboard);
  keyboard.setRawMode(true);
  keyboard.on("keypress", onKey).on("end", onEnd).resume();
  try {
    // Nothing will ever set it: the keys come as events of the host, and this task only holds the terminal.
    return await getRunningLoop().createFuture<never>();
  } finally {
    keyboard.off("keypress", onKey).off("end", onEnd).pause();
    keyboard.setRawMode(false);
  }
}
