/** sample: jobs with times that are easy to reckon with. */
import type { Job, Run, Way } from "../src/job.ts";

export function run(way: Way, milliseconds: number, heldUp = 0): Run {
  return { way, milliseconds, heldUp, order: [1, 0] };
}

export function job(title: string, ...runs: [Run, ...Run[]]): Job {
  return { title, about: `${title}, for <all> & sundry`, results: [10, 20], runs };
}

export const counting = job(
  "CPU-bound",
  run("in turn", 4000, 400),
  run("threads", 2000, 4),
  run("processes", 2500, 5),
);

export const uploading = job(
  "I/O-bound",
  run("in turn", 800, 2),
  run("loop", 50, 3),
  run("threads", 400, 4),
  run("processes", 500, 5),
);
