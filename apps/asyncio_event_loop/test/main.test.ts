/** The program, run as a user runs it. */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

import { endOf, runFile } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const program = path.resolve(import.meta.dirname, "../src/main.ts");

it("tells all chapters in order, in plain text, and exits by itself", { tags: ["slow"] }, async () => {
  const { exitCode, stdout, stderr } = await runFile(program, ["--duration", "450"]);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(stdout.match(/^\d {2}.+$/gm)).toEqual([
    "1  Create a loop",
    "2  Schedule callbacks",
    "3  Take turns until an end time",
    "4  Keep time",
    "5  Wait for files and sockets",
    "6  Set futures, call back",
    "7  Handle exceptions",
    "8  Close down, leave nothing behind",
  ]);
  expect(stdout.match(/function\d$/gm)).toEqual(["function1", "function2", "function3"]);
  // No control characters but the ends of lines.
  expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
});

it("keeps its heartbeat while files are read and requests are served", { tags: ["slow"] }, async () => {
  const { stdout } = await runFile(program, ["--chapter", "5"]);
  const beatsDuring = (work: string) => Number(stdout.split(`│ ${work}`)[1]?.match(/│ +(\d+) │/)?.[1]);
  expect(stdout).toContain("33554432 bytes, SHA-256");
  expect(stdout).toContain("20 answers in");
  expect(beatsDuring("a file of 32 MB")).toBeGreaterThan(3);
  expect(beatsDuring("20 HTTP requests at once")).toBeGreaterThan(10);
  // 60 ms without an await: the beat that was due soonest came when they were over.
  expect(Number(/60 ms without an await +│ +\d+ │ +([\d.]+) ms/.exec(stdout)?.[1])).toBeGreaterThan(50);
});

it("leaves nothing behind", { tags: ["slow"] }, async () => {
  const { exitCode, stdout } = await runFile(program, ["--chapter", "8"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/SIGTERM has come, after \d+ heartbeats\./);
  expect(stdout).toContain("It left 2 tasks.");
  expect(stdout).toContain("worker 1 has put its tools away\n     worker 2 has put its tools away");
  expect([...stdout.matchAll(/│ (.+?) +│ +(\w+) │/g)].map((cells) => cells.slice(1))).toEqual([
    ["what is left", "number"],
    ["tasks", "0"],
    ["timers and callbacks", "0"],
    ["signal handlers", "0"],
    ["open resources of the process", "0"],
  ]);
});

it(
  "ends at Ctrl+C with the exit code that shells expect, after its clean-up",
  { tags: ["slow"] },
  async () => {
    const { exitCode, stdout, stderr } = await runFile(program, ["--chapter", "8"], {
      interruptAt: "is listening",
    });
    expect(stdout).toContain("worker 2 has put its tools away");
    expect(stderr).toBe("");
    expect(exitCode).toBe(130);
  },
);

it("does not mind a reader that has seen enough", { tags: ["slow"] }, async () => {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  const { exitCode, stderr } = await endOf(child);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
});

describe("the command line", { tags: ["slow"] }, () => {
  it("says how it is used, and what the chapters are", async () => {
    const { exitCode, stdout } = await runFile(program, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: asyncio_event_loop [options]");
    expect(stdout).toContain("3  Take turns until an end time");
  });

  it("runs one chapter", async () => {
    const { exitCode, stdout } = await runFile(program, ["--chapter", "1"]);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^\d {2}.+$/gm)).toEqual(["1  Create a loop"]);
  });

  it.each([
    [["--chapter", "9"], "It has to be a number from 1 to 8."],
    [["--chapter", "one"], "It has to be a number from 1 to 8."],
    [["--duration", "-5"], "It has to be a number of milliseconds, 0 or more."],
    [["--fast"], "unknown option '--fast'"],
    [["5"], "too many arguments"],
  ])("refuses %j with a message and exit code 2", async (args, message) => {
    const { exitCode, stdout, stderr } = await runFile(program, args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
