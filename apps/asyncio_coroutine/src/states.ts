/**
 * The states of a rocket launch. Each is a coroutine, and hands over to the next one by a key or because its time is up.
 *
 *     standby ──f──► fuelling ──time──► ready ──g──► countdown ──time──► ascent ──time──► orbit
 *      │  ▲ ▲            │             │ │  ▲            │                 │
 *      │  │ └─────s──────┘             │ │  └─────h──────┘                 x
 *      │  └────────────d───────────────┘ │                                 ▼
 *      └──q, time──►                     └──q, time──►                  scrubbed
 *
 * Every state but the last ones has a deadline: a machine that nobody attends to comes to an end too.
 */
import { TaskGroup, sleep } from "@async/task";

import { type Desk, type Question, TIME_IS_UP } from "./desk.ts";
import type { State, Step } from "./machine.ts";

type LaunchState = State<Desk>;
type LaunchStep = Step<Desk>;

/** Milliseconds to make up one's mind. */
const PATIENCE = 8000;

export async function standby(desk: Desk): Promise<LaunchStep> {
  const key = await desk.choose({
    about: "The rocket stands empty.",
    keys: { f: "fill the tanks", q: "go home" },
    limit: PATIENCE,
    waitsFor: "you",
  });
  switch (key) {
    case "f":
      return handOver(fuelling, key);
    case "q":
      return handOver(scrubbed, key);
    case TIME_IS_UP:
      return handOver(scrubbed, "nobody came");
  }
}

export async function fuelling(desk: Desk): Promise<LaunchStep> {
  const key = await chooseWhile(desk, ["25%", "50%", "75%", "100%"], {
    about: "The tanks are filling.",
    keys: { s: "stop" },
    limit: 2000,
    waitsFor: "time",
  });
  return key === TIME_IS_UP ? handOver(ready, "full") : handOver(standby, key);
}

export async function ready(desk: Desk): Promise<LaunchStep> {
  const key = await desk.choose({
    about: "The tanks are full.",
    keys: { g: "go", d: "drain the tanks", q: "go home" },
    limit: PATIENCE,
    waitsFor: "you",
  });
  switch (key) {
    case "g":
      return handOver(countdown, key);
    case "d":
      return handOver(standby, key);
    case "q":
      return handOver(scrubbed, key);
    case TIME_IS_UP:
      return handOver(scrubbed, "nobody decided");
  }
}

export async function countdown(desk: Desk): Promise<LaunchStep> {
  const key = await chooseWhile(desk, ["3", "2", "1"], {
    about: "Three seconds in which it can still be held.",
    keys: { h: "hold" },
    limit: 3000,
    waitsFor: "time",
  });
  return key === TIME_IS_UP ? handOver(ascent, "zero") : handOver(ready, key);
}

export async function ascent(desk: Desk): Promise<LaunchStep> {
  const key = await chooseWhile(desk, ["10 km", "50 km", "100 km", "200 km"], {
    about: "The rocket climbs.",
    keys: { x: "abort" },
    limit: 2000,
    waitsFor: "time",
  });
  return key === TIME_IS_UP ? handOver(orbit, "300 km") : handOver(scrubbed, key);
}

export async function orbit(desk: Desk, because: string): Promise<null> {
  desk.say(`The rocket is in orbit: ${because}.`);
  return null;
}

export async function scrubbed(desk: Desk, because: string): Promise<null> {
  desk.say(`No launch today: ${because}.`);
  return null;
}

function handOver(next: LaunchState, because: string): LaunchStep {
  return { next, because };
}

/**
 * Asks, and meanwhile shows how far the work of the state has come, one mark after another over its whole time.
 *
 * The marks come from a task that belongs to the state: the group ends it before the state hands over, whatever came first.
 */
async function chooseWhile<K extends string>(
  desk: Desk,
  marks: readonly string[],
  question: Question<K>,
): Promise<K | typeof TIME_IS_UP> {
  return TaskGroup.run(async (group) => {
    void group.createTask(
      async () => {
        for (const mark of marks) {
          desk.progress(mark);
          await sleep(desk.scaled(question.limit / marks.length));
        }
      },
      { name: "progress" },
    );
    const key = await desk.choose(question);
    group.cancel();
    return key;
  });
}
