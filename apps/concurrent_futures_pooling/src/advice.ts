/**
 * advise: which way to choose when, from what was measured here, in a few sentences.
 *
 * Python's advice is threads for what waits and processes for what computes, since its interpreter lock lets one thread compute at a time. Here each
 * thread has an interpreter to itself.
 */
import { type Job, type Run, type Way, comparison, labelOf, speedUp } from "./job.ts";

/** So many times as fast counts as a gain; what is less may be chance. */
const GAIN = 1.15;

export function advise(counting: Job, uploading: Job, workers: number): string {
  return [onComputing(counting, workers), onTheLoop(counting), onWaiting(uploading, workers)].join("\n\n");
}

function onComputing(job: Job, workers: number): string {
  const [threads, processes] = [runOf(job, "threads"), runOf(job, "processes")];
  const measured =
    `For work that computes: ${labelOf("threads", workers)} took ${timesOf(job, threads)}, ` +
    `${labelOf("processes", workers)} ${timesOf(job, processes)}.`;
  const [gainOfThreads, gainOfProcesses] = [speedUp(job, threads), speedUp(job, processes)];
  if (Math.max(gainOfThreads, gainOfProcesses) < GAIN) {
    const why =
      workers === 1
        ? "One worker does one thing at a time"
        : `With ${job.runs[0].milliseconds.toFixed(0)} ms of work in all, or without a free processor for each worker, a pool costs more than it brings`;
    return `${measured} That is no gain. ${why}.`;
  }
  const python =
    "In Python threads would have gained nothing: there one at a time holds the interpreter lock. In JavaScript each thread has an interpreter to itself, and they run in parallel.";
  return `${measured} ${python} ${onProcesses(gainOfThreads, gainOfProcesses)}`;
}

function onProcesses(gainOfThreads: number, gainOfProcesses: number): string {
  const isolation =
    "for code that may crash, leak or spoil the memory of the program: they start more slowly and share nothing";
  return gainOfProcesses > gainOfThreads * GAIN
    ? `Processes were the faster ones this time. In general take threads; take processes ${isolation}.`
    : `So take threads. Take processes ${isolation}.`;
}

function onTheLoop(job: Job): string {
  const [inTurn, threads] = [job.runs[0], runOf(job, "threads")];
  const measured = `While it computed in turn, this program could do nothing else for up to ${inTurn.heldUp.toFixed(0)} ms; beside threads, ${threads.heldUp.toFixed(0)} ms.`;
  return threads.heldUp < inTurn.heldUp
    ? `${measured} That alone is a reason for a pool, also with a single processor: a server that computes cannot answer.`
    : `${measured} With more steps the first figure grows, and the second does not.`;
}

function onWaiting(job: Job, workers: number): string {
  const [loop, threads, processes] = [runOf(job, "loop"), runOf(job, "threads"), runOf(job, "processes")];
  const measured =
    `For work that waits: the loop took ${timesOf(job, loop)}, ${labelOf("threads", workers)} ${timesOf(job, threads)}, ` +
    `${labelOf("processes", workers)} ${timesOf(job, processes)}.`;
  const advice =
    loop.milliseconds <= Math.min(threads.milliseconds, processes.milliseconds)
      ? "So leave it on the loop, with gather or a task group. Python's advice is threads."
      : "Here a pool was faster; in general leave it on the loop, with gather or a task group. Python's advice is threads.";
  return `${measured} A worker waits for one call at a time, the loop for all of them at once. ${advice}`;
}

function timesOf(job: Job, run: Run): string {
  return `${run.milliseconds.toFixed(0)} ms (${comparison(job, run)} as in turn)`;
}

function runOf({ runs, title }: Job, way: Way): Run {
  const run = runs.find((candidate) => candidate.way === way);
  if (run === undefined) throw new RangeError(`${title}: nothing was measured for "${way}"`);
  return run;
}
