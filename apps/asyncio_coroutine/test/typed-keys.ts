/** typedKeys: inputs for a test, one key for each character, 10 ms apart; a dot is somebody who presses nothing. */
import { Inbox } from "../src/input/inbox.ts";
import type { Inputs } from "../src/input/inputs.ts";
import { PacedInputs } from "../src/input/paced-inputs.ts";

export function typedKeys(keys: string): Inputs {
  const inbox = new Inbox();
  for (const key of keys) inbox.push(key);
  inbox.end();
  return new PacedInputs(inbox, 10);
}
