/** feedKeys: what each key of a terminal does, and how the terminal is given back. */
import { PassThrough } from "node:stream";

import { expect, it } from "vitest";

import { createTask, run, sleep, wait } from "@async/task";

import { feedKeys } from "../../src/input/feed-keys.ts";
import { Inbox } from "../../src/input/inbox.ts";

class FakeTerminal extends PassThrough {
  readonly modes: boolean[] = [];

  setRawMode(raw: boolean): void {
    this.modes.push(raw);
  }
}

/** Types the text at a terminal and returns what came of it. */
function type(text: string): Promise<{ keys: string; interrupts: number; terminal: FakeTerminal }> {
  return run(async () => {
    const terminal = new FakeTerminal();
    const inbox = new Inbox();
    let interrupts = 0;
    const feeding = createTask(() => feedKeys(terminal, inbox, () => (interrupts += 1)));
    await sleep(0);
    terminal.write(text);
    let keys = "";
    for (let key = await inbox.next(); key !== null; key = await inbox.next()) keys += key;
    feeding.cancel();
    await wait([feeding]);
    return { keys, interrupts, terminal };
  });
}

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const ARROW_UP = "\u001b[A";

it("takes keys as they are pressed, until Ctrl+D ends the input", async () => {
  const { keys, interrupts } = await type(`fG é${ARROW_UP}.${CTRL_D}`);
  expect(keys).toBe("fGé.");
  expect(interrupts).toBe(0);
});

it("makes an interruption of Ctrl+C", async () => {
  const { keys, interrupts } = await type(`a${CTRL_C}b${CTRL_D}`);
  expect(keys).toBe("ab");
  expect(interrupts).toBe(1);
});

it("gives the terminal back as it was", async () => {
  const { terminal } = await type(CTRL_D);
  expect(terminal.modes).toEqual([true, false]);
  expect(terminal.isPaused()).toBe(true);
});
