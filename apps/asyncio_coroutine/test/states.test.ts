/** The states: where each key and each deadline leads. */
import { expect, it } from "vitest";

import { allTasks } from "@async/task";

import { Desk } from "../src/desk.ts";
import { Journal } from "../src/journal.ts";
import type { State } from "../src/machine.ts";
import { Page } from "../src/page.ts";
import * as states from "../src/states.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { typedKeys } from "./typed-keys.ts";

it.each<[keyof typeof states, string, string]>([
  ["standby", "f", "fuelling f"],
  ["standby", "q", "scrubbed q"],
  ["standby", ".", "scrubbed nobody came"],
  ["fuelling", "s", "standby s"],
  ["fuelling", ".", "ready full"],
  ["ready", "g", "countdown g"],
  ["ready", "d", "standby d"],
  ["ready", "q", "scrubbed q"],
  ["ready", ".", "scrubbed nobody decided"],
  ["countdown", "h", "ready h"],
  ["countdown", ".", "ascent zero"],
  ["ascent", "x", "scrubbed x"],
  ["ascent", ".", "orbit 300 km"],
  ["orbit", "", "the end"],
  ["scrubbed", "", "the end"],
])("%s hands over by '%s' to: %s", async (name, keys, expected) => {
  await onVirtualTime(async () => {
    const desk = new Desk(typedKeys(keys), new Journal(new Page(() => undefined)), 1);
    const state: State<Desk> = states[name];
    const step = await state(desk, "a test");
    expect(step === null ? "the end" : `${step.next.name} ${step.because}`).toBe(expected);
    expect(allTasks().size, "what the state began has ended").toBe(1);
  });
});
