/** The program, run as a user runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { type Ended, endOf, runFile, temporaryFolder, until } from "@async/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromXml } from "xast-util-from-xml";

const program = path.resolve(import.meta.dirname, "../src/main.ts");
const little = ["--workers", "2", "--numbers", "1-3,2", "--steps", "1000000"];
/** So that colours do not depend on where the tests run. */
const env = { FORCE_COLOR: undefined, NO_COLOR: undefined };

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

describe("a run", { tags: ["slow"] }, () => {
  const svg = path.join(folder.path, "times.svg");
  let ended: Ended;
  beforeAll(async () => {
    ended = await runFile(program, [...little, "--svg", svg], { env });
  }, 30_000);

  it("ends well, without a word on stderr", () => {
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("does both jobs, plays all scenes, and compares at the end", () => {
    expect(ended.stdout.match(/^(?:\d {2})?[A-Z].+$/gm)).toEqual([
      "1  CPU-bound: count",
      "2  I/O-bound: read and send files",
      "3  Map",
      "4  Results and exceptions",
      "5  Cancel",
      "6  Time limits",
      "7  A worker dies",
      "8  Shut down",
      "What took how long",
      "What to choose",
    ]);
  });

  it("has a bar for each way of each job", () => {
    expect(ended.stdout.match(/█ {2}\d+ of \d+/g)).toEqual([
      ...Array.from({ length: 3 }, () => "█  4 of 4"),
      ...Array.from({ length: 4 }, () => "█  16 of 16"),
    ]);
  });

  it("has a row in the table for each way of each job, and a bar in the chart", () => {
    expect(ended.stdout.match(/│ (?:CPU|I\/O)-bound, .*│ +\d+ ms │ +[\d.]+ │ +\d+ ms │/g)).toHaveLength(7);
    expect(ended.stdout.match(/█ \d+ ms$/gm)).toHaveLength(7);
  });

  it("advises otherwise than Python", () => {
    const advice = ended.stdout.slice(ended.stdout.indexOf("What to choose"));
    expect(advice).toContain("For work that computes: 2 threads took");
    expect(advice.replaceAll(/\s+/g, " ")).toContain(
      "leave it on the loop, with gather or a task group. Python's advice",
    );
  });

  it("draws the picture where it says", () => {
    expect(ended.stdout).toContain(`The same as a picture: ${svg}\n`);
    const picture = readFileSync(svg, "utf8");
    expect(fromXml(picture).children[0]).toMatchObject({ name: "svg" });
    expect(picture.match(/class="run"/g)).toHaveLength(7);
  });

  it("prints no control characters into a pipe", () => {
    expect(ended.stdout.replaceAll("\n", "")).not.toMatch(/\p{Control}/u);
  });
});

it("prints one JSON object, and nothing else, with --json", { tags: ["slow"] }, async () => {
  const svg = path.join(folder.path, "json.svg");
  const { exitCode, stdout, stderr } = await runFile(program, [...little, "--svg", svg, "--json"], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const time: unknown = expect.any(Number);
  const text: unknown = expect.any(String);
  const run = (way: string) => ({
    way,
    milliseconds: time,
    heldUp: time,
    order: expect.any(Array) as unknown,
    speedUp: time,
  });
  const [title, about] = [text, text];
  expect(JSON.parse(stdout)).toEqual({
    workers: 2,
    numbers: [1, 2, 3, 2],
    steps: 1_000_000,
    jobs: [
      {
        title,
        about,
        results: [1_000_000, 2_000_000, 3_000_000, 2_000_000],
        runs: ["in turn", "threads", "processes"].map(run),
      },
      {
        title,
        about,
        results: Array.from({ length: 16 }, (_, index) => (index + 1) * 1000),
        runs: ["in turn", "loop", "threads", "processes"].map(run),
      },
    ],
    scenes: ["Map", "Results and exceptions", "Cancel", "Time limits", "A worker dies", "Shut down"].map(
      (name) => {
        return { title: name, lines: expect.arrayContaining([{ code: text, outcome: text }]) as unknown };
      },
    ),
    advice: text,
    svg,
  });
  expect(existsSync(svg)).toBe(true);
});

describe("Ctrl+C", { tags: ["slow"] }, () => {
  const svg = path.join(folder.path, "never.svg");

  /** In a group of its own, as a shell starts it: Ctrl+C reaches the program and its worker processes. */
  function start(steps: string): ChildProcess {
    return spawn(
      process.execPath,
      [program, "--workers", "2", "--numbers", "1,2", "--steps", steps, "--svg", svg],
      {
        detached: true,
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  }

  function isAlive(group: number): boolean {
    try {
      return process.kill(-group, 0);
    } catch {
      return false;
    }
  }

  it.each([
    ["threads compute", "one after another", "700000000"],
    ["processes compute", "2 threads", "700000000"],
    ["threads wait", "at once, on the loop", "1000"],
    ["calls are cancelled", "5  Cancel", "1000"],
    ["workers die", "7  A worker dies", "1000"],
  ])("while %s ends the program with 130, and leaves no process behind", async (_, sight, steps) => {
    const child = start(steps);
    let printed = "";
    let isInterrupted = false;
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      printed += part;
      if (isInterrupted || !printed.includes(sight)) return;
      isInterrupted = true;
      process.kill(-child.pid!, "SIGINT");
    });
    const { exitCode, stderr } = await endOf(child);
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: "" });
    expect(printed).not.toContain("8  Shut down");
    expect(existsSync(svg)).toBe(false);
    await until(() => !isAlive(child.pid!));
  });
});

it("does not mind a reader that has seen enough", { tags: ["slow"] }, async () => {
  const child = spawn(process.execPath, [program, ...little], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  const { exitCode, stderr } = await endOf(child);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

describe("the command line", { tags: ["slow"] }, () => {
  it("says how it is used", async () => {
    const { exitCode, stdout } = await runFile(program, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: concurrent_futures_pooling [options]");
  });

  it.concurrent.each([
    [["--workers", "0"], '"0" has to be a whole number from 1 to 64.'],
    [["--workers", "two"], '"two" has to be a whole number from 1 to 64.'],
    [["--steps", "1e6"], '"1e6" has to be a whole number from 1 to 1000000000.'],
    [["--numbers", "1,,2"], '"" has to be a whole number from 0 to 1000000.'],
    [["--numbers", "1-2-3"], '"1-2-3" is no number and no range such as 1-10.'],
    [["--numbers", "9-1"], "The range 9-1 ends before it begins."],
    [["--numbers", "0-1000000"], "It has to be at most 1000 numbers."],
    [["--svg", tmpdir()], "It is a folder."],
    [["--svg", path.join(tmpdir(), "no such folder", "a.svg")], "No file can be written in the folder"],
    [["--fast"], "unknown option '--fast'"],
    [["5"], "too many arguments"],
  ])("refuses %j with a message and exit code 2", async (args, message) => {
    const { exitCode, stdout, stderr } = await runFile(program, args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
