/**
 * Channel: the worker's end of its line to the executor.
 */
import process from "node:process";
import type { MessagePort } from "node:worker_threads";

import {
  type FromWorker,
  PROCESS_PACKING,
  type Packing,
  THREAD_PACKING,
  asCloneError,
} from "../wire/index.ts";

export interface Channel {
  readonly packing: Packing;
  /** @throws DataCloneError, and then nothing was sent. */
  post(message: FromWorker): void;
}

export function threadChannel(port: MessagePort): Channel {
  return {
    packing: THREAD_PACKING,
    post: (message) => {
      port.postMessage(message);
    },
  };
}

export function processChannel(): Channel {
  return {
    packing: PROCESS_PACKING,
    post: (message) => {
      if (!process.connected) return;
      try {
        process.send!(message);
      } catch (error) {
        throw asCloneError(error);
      }
    },
  };
}
