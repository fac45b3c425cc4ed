/** advise: what it says of which numbers. */
import { describe, expect, it } from "vitest";

import { advise } from "../src/advice.ts";
import { counting, job, run, uploading } from "./sample.ts";

const gain = (threads: number, processes: number) =>
  job("CPU-bound", run("in turn", 1000, 100), run("threads", threads, 1), run("processes", processes, 1));

describe("of work that computes", () => {
  it("gives the measured times, and how many times as fast they are", () => {
    expect(advise(counting, uploading, 2)).toContain(
      "2 threads took 2000 ms (2.0 times as fast as in turn), 2 processes 2500 ms (1.6 times as fast as in turn).",
    );
  });

  it("says that threads run in parallel, otherwise than in Python, and are to be taken", () => {
    const advice = advise(gain(500, 490), uploading, 2);
    expect(advice).toContain("In Python threads would have gained nothing");
    expect(advice).toContain("they run in parallel. So take threads.");
  });

  it("says so when processes were faster", () => {
    expect(advise(gain(800, 500), uploading, 2)).toContain("Processes were the faster ones this time.");
  });

  it("does not praise a pool that has gained nothing", () => {
    const advice = advise(gain(1200, 1500), uploading, 2);
    expect(advice).toContain("That is no gain. With 1000 ms of work in all");
    expect(advice).not.toContain("take threads");
  });

  it("says why one worker gains nothing", () => {
    const advice = advise(gain(1100, 1200), uploading, 1);
    expect(advice).toContain("1 thread took 1100 ms (1.1 times as long as in turn), 1 process 1200 ms");
    expect(advice).toContain("One worker does one thing at a time.");
  });
});

describe("of what else the program can do meanwhile", () => {
  it("takes a loop that stays free for a reason of its own", () => {
    expect(advise(counting, uploading, 2)).toContain(
      "could do nothing else for up to 400 ms; beside threads, 4 ms. That alone is a reason for a pool",
    );
  });

  it("claims nothing that was not measured", () => {
    const short = job("CPU-bound", run("in turn", 1, 0), run("threads", 80, 3), run("processes", 90, 3));
    expect(advise(short, uploading, 2)).toContain(
      "up to 0 ms; beside threads, 3 ms. With more steps the first figure grows",
    );
  });
});

describe("of work that waits", () => {
  it("recommends the loop, otherwise than Python", () => {
    const advice = advise(counting, uploading, 2);
    expect(advice).toContain("the loop took 50 ms (16.0 times as fast as in turn), 2 threads 400 ms");
    expect(advice).toMatch(/So leave it on the loop.*Python's advice is threads\.$/);
  });

  it("says so when a pool was faster", () => {
    const odd = job(
      "I/O-bound",
      run("in turn", 800),
      run("loop", 500),
      run("threads", 400),
      run("processes", 600),
    );
    expect(advise(counting, odd, 2)).toContain("Here a pool was faster");
  });
});

it("refuses a job in which a way is missing", () => {
  expect(() => advise(job("CPU-bound", run("in turn", 1)), uploading, 2)).toThrow(
    'CPU-bound: nothing was measured for "threads"',
  );
});
