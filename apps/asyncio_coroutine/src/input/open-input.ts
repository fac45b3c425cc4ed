/**
 * openInput: finds out where the keys come from, and has a task of the group bring them.
 *
 *     --input FILE       that file; "-" is standard input, however long it takes
 *     a terminal         its keys
 *     a pipe or a file   standard input, if anything comes
 *     otherwise          the sample
 */
import { type ReadStream, createReadStream, fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";

import { TimeoutError } from "@async/futures";
import { type Task, type TaskGroup, waitFor } from "@async/task";

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

/** A launch from a text is for looking on, and takes a quarter of its time. */
const TEXT_SPEED = 4;

/** @param pace - milliseconds before each key of a text */
export async function openInput(
  file: ReadStream | "-" | null,
  pace: number,
  group: TaskGroup,
): Promise<OpenInput> {
  const text = (stream: Readable, name: string): OpenInput & { inbox: Inbox; feeding: Task } => {
    const inbox = new Inbox();
    const feeding = group.createTask(({ signal }) => feedText(stream, inbox, signal), { name: "feed text" });
    return { name, inputs: new PacedInputs(inbox, pace), speed: TEXT_SPEED, inbox, feeding };
  };

  if (file === "-") return text(process.stdin, "standard input");
  if (file !== null) return text(file, String(file.path));
  if (process.stdin.isTTY) {
    const inbox = new Inbox();
    const interrupt = () => process.kill(process.pid, "SIGINT");
    void group.createTask(() => feedKeys(process.stdin, inbox, interrupt), { name: "feed keys" });
    return { name: "your keys; Ctrl+C to leave", inputs: inbox, speed: 1 };
  }
  if (isPiped()) {
    const piped = text(process.stdin, "standard input");
    if (await comesInTime(piped.inbox)) return piped;
    piped.feeding.cancel();
  }
  return text(createReadStream(path.join(import.meta.dirname, "../../sample.txt")), "the sample, sample.txt");
}

/** Opens the file that `--input` names, so that an error comes before anything else happens. */
export async function openFile(name: string): Promise<ReadStream> {
  const handle = await open(name);
  if (!(await handle.stat()).isDirectory()) return createReadStream(name, { fd: handle });
  await handle.close();
  throw new Error(`${name} is a directory`);
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
