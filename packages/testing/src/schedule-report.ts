/** The report of a schedule that fails: what went wrong, in which order things ran, and how to run it again. */
import type { Attempt, TraceEntry } from "./attempt.ts";
import { describeError, indent } from "./errors.ts";
import { printSchedule } from "./schedule.ts";

/** A run with no more steps than that is shown as a whole. */
const WHOLE = 40;
/** Of a longer one, the steps before and after one that left the line, and the last; the others are counted. */
const CONTEXT = 5;

/**
 * @param headline - how it was found
 * @param run - the run to show, with all its steps
 */
export function reportSchedule(headline: string, run: Attempt, trace: readonly TraceEntry[]): string {
  return [
    headline,
    "",
    indent(describeError(run.failure?.error)),
    "",
    ...table(trace),
    "",
    `Run it alone: explore(body, { replay: ${printSchedule(run.schedule)} })`,
  ].join("\n");
}

function table(trace: readonly TraceEntry[]): string[] {
  const shown = trace.map(
    ({ step }, index) =>
      trace.length <= WHOLE ||
      index === trace.length - 1 ||
      trace.some((entry) => entry.firstInLine !== null && Math.abs(entry.step - step) <= CONTEXT),
  );
  const width = Math.max(...trace.filter((_, index) => shown[index]).map(({ job }) => job.length));
  const lines = [`  ${"step".padStart(6)}  ${"runs".padEnd(width)}  before`];
  let hidden = 0;
  for (const [index, { step, job, firstInLine }] of trace.entries()) {
    if (!shown[index]) {
      hidden += 1;
      continue;
    }
    if (hidden > 0) lines.push(`  ${"...".padStart(6)}  ${hidden} more in the order of the line`);
    hidden = 0;
    const mark = firstInLine === null ? " " : ">";
    lines.push(`${mark} ${String(step).padStart(6)}  ${job.padEnd(width)}  ${firstInLine ?? ""}`.trimEnd());
  }
  return lines;
}
