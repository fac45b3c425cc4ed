/**
 * launch: the whole demonstration. A task group holds the state machine and all that goes on meanwhile, and ends with it.
 *
 *     group ─┬─ the machine, in the body itself
 *            ├─ a task that brings the keys
 *            ├─ the heartbeat
 *            └─ the clock
 *
 * When the machine ends, it cancels the others; an interruption cancels all of them. Either way the summary comes last, when the group has
 * ended and no task but our own is left.
 */
import { isCancelled } from "@async/futures";
import { TaskGroup } from "@async/task";

import { Desk } from "./desk.ts";
import type { OpenInput } from "./input/open-input.ts";
import { Journal } from "./journal.ts";
import { runMachine } from "./machine.ts";
import type { Page } from "./page.ts";
import { Pulse } from "./pulse.ts";
import { standby } from "./states.ts";

/**
 * Plays a launch on the page. `open` opens the input; what brings the keys runs in the group.
 *
 * @param speed - how many times faster than real it goes; default: what suits the input
 */
export async function launch(
  page: Page,
  open: (group: TaskGroup) => Promise<OpenInput>,
  speed?: number,
): Promise<void> {
  const journal = new Journal(page);
  const heartbeat = new Pulse("Heartbeat", 100, () => page.mark("·", "gray"));
  const clock = new Pulse("Clock", 500, (beats) => page.mark(`(${beats / 2} s)`, "gray"));
  try {
    await TaskGroup.run(async (group) => {
      const input = await open(group);
      page.heading(`Keys come from ${input.name}.\n`);
      const desk = new Desk(input.inputs, journal, speed ?? input.speed);
      for (const pulse of [heartbeat, clock]) void group.createTask(() => pulse.run(), { name: pulse.name });
      await runMachine(standby, desk, (from, { next, because }) =>
        journal.entered(next.name, from?.name ?? null, because),
      );
      group.cancel();
    });
  } catch (error) {
    if (isCancelled(error)) journal.interrupted();
    throw error;
  } finally {
    journal.summarise([heartbeat, clock]);
  }
}
