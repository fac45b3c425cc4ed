/** The program, run as a user runs it. */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

import { endOf, runFile, signalAt } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const program = path.resolve(import.meta.dirname, "../src/main.ts");
const sample = path.resolve(import.meta.dirname, "../sample.txt");

/** Returns the lines that do not depend on the time: the transitions, the path and the keys. */
function story(output: string): string[] {
  return output
    .split("\n")
    .flatMap((line) => /(?<=^ +\S+ s {2}).+|^(?:Path|Keys) {3}.+/.exec(line)?.[0] ?? []);
}

const sampleStory = [
  "standby",
  "standby ─ f ─► fuelling",
  "fuelling ─ full ─► ready",
  "ready ─ g ─► countdown",
  "countdown ─ h ─► ready",
  "ready ─ g ─► countdown",
  "countdown ─ zero ─► ascent",
  "ascent ─ 300 km ─► orbit",
  "Path        standby → fuelling → ready → countdown → ready → countdown → ascent → orbit",
  "Keys        5 read, 1 of them without a meaning",
];

describe("without a terminal", { tags: ["slow"] }, () => {
  it("plays the sample when there is no input, while the heartbeat goes on", async () => {
    const { exitCode, stdout, stderr } = await runFile(program);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Keys come from the sample, sample.txt.");
    expect(story(stdout)).toEqual(sampleStory);
    expect(Number(/Heartbeat +(\d+) ×/.exec(stdout)?.[1])).toBeGreaterThan(10);
    expect(stdout).toMatch(/3 ·.* 2 ·.* 1/);
    expect(stdout).toContain("Tasks left  0");
    // No control characters but the ends of lines.
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it("reads standard input", async () => {
    const { exitCode, stdout } = await runFile(program, ["--speed", "20", "--pace", "1"], {
      input: "f#ill\ns q",
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Keys come from standard input.");
    expect(story(stdout)).toEqual([
      "standby",
      "standby ─ f ─► fuelling",
      "fuelling ─ s ─► standby",
      "standby ─ q ─► scrubbed",
      "Path        standby → fuelling → standby → scrubbed",
      "Keys        3 read, 0 of them without a meaning",
    ]);
  });

  it("tells the same story of the same file, however fast", async () => {
    const { exitCode, stdout } = await runFile(program, ["--input", sample, "--speed", "50", "--pace", "0"]);
    expect(exitCode).toBe(0);
    expect(story(stdout)).toEqual(sampleStory);
  });

  it("ends when the input ends in the middle", async () => {
    const { exitCode, stdout } = await runFile(program, ["--input", "-", "--speed", "50", "--pace", "0"], {
      input: "f.",
    });
    expect(exitCode).toBe(0);
    expect(story(stdout)).toContain("ready ─ nobody decided ─► scrubbed");
  });

  it("plays the sample when a pipe is open but nothing comes", async () => {
    const child = spawn(process.execPath, [program, "--speed", "50", "--pace", "0"]);
    const { exitCode, stdout } = await endOf(child);
    expect(exitCode).toBe(0);
    expect(story(stdout)).toEqual(sampleStory);
  });

  it("does not mind a reader that has seen enough", async () => {
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.once("data", () => child.stdout.destroy());
    const { exitCode, stderr } = await endOf(child);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends tidily on %s", { tags: ["slow"] }, async (signal, code) => {
  const child = spawn(process.execPath, [program, "--input", "-"]);
  child.stdin.write("f");
  signalAt(child, "25%", signal);
  const { exitCode, stdout, stderr } = await endOf(child);
  expect(stderr).toBe("");
  expect(exitCode).toBe(code);
  expect(stdout).toContain("Interrupted in state fuelling: everything is made safe.");
  expect(stdout).toContain("Path        standby → fuelling");
  expect(stdout).toContain("Tasks left  0");
});

describe("the command line", { tags: ["slow"] }, () => {
  it("says how it is used", async () => {
    const { exitCode, stdout } = await runFile(program, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: asyncio_coroutine [options]");
    expect(stdout).toContain("--input <file>");
  });

  it.each([
    [["--spede", "3"], "unknown option '--spede'"],
    [["--speed", "0"], "It has to be a number above 0."],
    [["--pace", "soon"], "It has to be a number, 0 or more."],
    [["--input", "no-such-file"], "cannot read --input: ENOENT"],
    [["--input", "."], "cannot read --input: . is a directory"],
    [["fast"], "too many arguments"],
  ])("refuses %j with a message and exit code 2", async (args, message) => {
    const { exitCode, stdout, stderr } = await runFile(program, args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
