/**
 * openInput: finds out where the keys come from, and has a task of the group bring them.
 *
 *     --input FILE       that file; "-" is standard input, however long it takes
 *     a terminal         its keys
 *     a pipe or a file   standard input, if anything comes
 *     otherwise          the sample
 */
import { createReadStream, fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";

import { TimeoutError } from "@async/futures";
import { type TaskGroup, waitFor } from "@async/task";

import { feedKeys } from "./feed-keys.ts";
import { feedText } from "./feed-text.ts";
import { Inbox } from "./inbox.ts";
import type { Inputs } from "./inputs.ts";
import { PacedInputs } from "./paced-inputs.ts";

export interface OpenInput {
  /** Where the keys come from, in words. */
  readonly name: string;
  readonly inputs: Inputs;
  /** How many times faster than real the launch should go with this input. */
  readonly speed: number;
}

/** Milliseconds in which the first key has to come through a pipe that may be open for no reason, as it is in some CI. */
const FIRST_KEY = 1000;

const SAMPLE = path.resolve(import.meta.dirname, "../../sample.txt");

/** A launch from a text is for looking on, and takes a quarter of its time. */
const TEXT_SPEED = 4;

/** A text to read the keys from, and what to call it. */
export interface NamedText {
  readonly name: string;
  readonly stream: Readable;
}

/**
 * Finds the input; what brings its keys runs in the group.
 *
 * @param text - what `--input` names, or null
 * @param pace - milliseconds before each key of a text
 */
export async function openInput(text: NamedText | null, pace: number, group: TaskGroup): Promise<OpenInput> {
  const read = ({ name, stream }: NamedText) => {
    const inbox = new Inbox();
    const feeding = group.createTask(({ signal }) => feedText(stream, inbox, signal), { name: "feed text" });
    return { name, inputs: new PacedInputs(inbox, pace), speed: TEXT_SPEED, inbox, feeding };
  };

  if (text !== null) return read(text);
  if (process.stdin.isTTY) {
    const inbox = new Inbox();
    const interrupt = () => process.kill(process.pid, "SIGINT");
    void group.createTask(() => feedKeys(process.stdin, inbox, interrupt), { name: "feed keys" });
    return { name: "your keyboard (Ctrl+C leaves)", inputs: inbox, speed: 1 };
  }
  if (isPiped()) {
    const piped = read(standardInput());
    if (await comesInTime(piped.inbox)) return piped;
    piped.feeding.cancel();
  }
  return read({ name: "the sample, sample.txt", stream: createReadStream(SAMPLE) });
}

/** Opens what `--input` names, before anything else happens. @throws Error if it cannot be read. */
export async function openText(name: string): Promise<NamedText> {
  if (name === "-") return standardInput();
  const file = await open(name);
  if (!(await file.stat()).isDirectory()) return { name, stream: file.createReadStream() };
  await file.close();
  throw new Error(`${name} is a directory`);
}

function standardInput(): NamedText {
  return { name: "standard input", stream: process.stdin };
}

function isPiped(): boolean {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isFile() || stdin.isSocket();
}

async function comesInTime(inbox: Inbox): Promise<boolean> {
  try {
    return await waitFor(() => inbox.hasInput(), FIRST_KEY);
  } catch (error) {
    if (error instanceof TimeoutError) return false;
    throw error;
  }
}
