/** The program, run as a user runs it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

const program = path.resolve(import.meta.dirname, "../src/main.ts");

function runWith(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
}

async function exitCodeOf(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, "exit")) as unknown[];
  return code;
}

it("tells all chapters in order, in plain text, and exits by itself", { timeout: 20_000 }, () => {
  const { status, stdout, stderr } = runWith("--duration", "450");
  expect(stderr).toBe("");
  expect(status).toBe(0);
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
  // eslint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

it("keeps its heartbeat while files are read and requests are served", () => {
  const { stdout } = runWith("--chapter", "5");
  const beatsDuring = (work: string) => Number(stdout.split(`│ ${work}`)[1]?.match(/│ +(\d+) │/)?.[1]);
  expect(stdout).toContain("33554432 bytes, SHA-256");
  expect(stdout).toContain("20 answers in");
  expect(beatsDuring("a file of 32 MB")).toBeGreaterThan(3);
  expect(beatsDuring("20 HTTP requests at once")).toBeGreaterThan(10);
  // 60 ms without an await: the beat that was due soonest came when they were over.
  expect(Number(/60 ms without an await +│ +\d+ │ +([\d.]+) ms/.exec(stdout)?.[1])).toBeGreaterThan(50);
});

it("leaves nothing behind", () => {
  const { status, stdout } = runWith("--chapter", "8");
  expect(status).toBe(0);
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

it("ends at Ctrl+C with the exit code that shells expect, after its clean-up", async () => {
  const child = spawn(process.execPath, [program, "--chapter", "8"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    output += part;
    if (part.includes("is listening")) child.kill("SIGINT");
  });
  const [errors, status] = await Promise.all([text(child.stderr), exitCodeOf(child)]);
  expect(output).toContain("worker 2 has put its tools away");
  expect(errors).toBe("");
  expect(status).toBe(130);
});

it("does not mind a reader that has seen enough", async () => {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  const [errors, status] = await Promise.all([text(child.stderr), exitCodeOf(child)]);
  expect(errors).toBe("");
  expect(status).toBe(0);
});

describe("the command line", () => {
  it("says how it is used, and what the chapters are", () => {
    const { status, stdout } = runWith("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: asyncio_event_loop [options]");
    expect(stdout).toContain("3  Take turns until an end time");
  });

  it("runs one chapter", () => {
    const { status, stdout } = runWith("--chapter", "1");
    expect(status).toBe(0);
    expect(stdout.match(/^\d {2}.+$/gm)).toEqual(["1  Create a loop"]);
  });

  it.each([
    [["--chapter", "9"], "It has to be a number from 1 to 8."],
    [["--chapter", "one"], "It has to be a number from 1 to 8."],
    [["--duration", "-5"], "It has to be a number of milliseconds, 0 or more."],
    [["--fast"], "unknown option '--fast'"],
    [["5"], "too many arguments"],
  ])("refuses %j with a message and exit code 2", (args, message) => {
    const { status, stdout, stderr } = runWith(...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
