import { createTask, sleep } from "@async/task";
import { expect, it } from "vitest";

import type { Chapter } from "../src/chapter.ts";
import { show } from "./show.ts";

function nap(name: string, duration: number): Chapter {
  return {
    title: `A nap of ${name}`,
    about: `${name} sleeps.`,
    async run({ watch, say }) {
      await watch(createTask(() => sleep(duration), { name }));
      say("all awake");
    },
  };
}

it("shows one chapter after another, each with its number and what it is about", async () => {
  const { printed } = await show([nap("Ann", 5), nap("Bob", 7)]);
  expect(printed.map((line) => line.replace(/ ─+$/, ""))).toEqual([
    "",
    "── 1 A nap of Ann",
    "Ann sleeps.",
    "",
    "    5 ms  ✓          Ann        finished",
    "    5 ms             main       all awake",
    "",
    "── 2 A nap of Bob",
    "Bob sleeps.",
    "",
    "    7 ms  ✓          Bob        finished",
    "    7 ms             main       all awake",
  ]);
});

it("returns the timeline of their tasks", async () => {
  const { timeline } = await show([nap("Ann", 5), nap("Bob", 7)]);
  const outcome = { kind: "finished", detail: "" };
  expect(timeline).toEqual({
    duration: 12,
    chapters: [
      {
        title: "1 A nap of Ann",
        start: 0,
        end: 5,
        tasks: [{ name: "Ann", start: 0, end: 5, steps: [], cancelledAt: null, outcome }],
      },
      {
        title: "2 A nap of Bob",
        start: 5,
        end: 12,
        tasks: [{ name: "Bob", start: 0, end: 7, steps: [], cancelledAt: null, outcome }],
      },
    ],
  });
});

it("also has the task in the timeline that ends last, without anything after it", async () => {
  const last: Chapter = {
    title: "Last",
    about: "",
    async run({ watch }) {
      await watch(createTask(async () => "done", { name: "last" }));
    },
  };
  expect((await show([last])).timeline.chapters[0]?.tasks).toHaveLength(1);
});

it("fails as the chapter does", async () => {
  const broken: Chapter = {
    title: "Broken",
    about: "",
    async run() {
      throw new Error("broken");
    },
  };
  await expect(show([broken])).rejects.toThrow("broken");
});
