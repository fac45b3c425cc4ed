/** The program, run as a user runs it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

const program = path.resolve(import.meta.dirname, "../src/main.ts");
const sample = path.resolve(import.meta.dirname, "../sample.txt");

function runWith(
  args: readonly string[],
  input?: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    ...(input === undefined ? { stdio: ["ignore", "pipe", "pipe"] } : { input }),
  });
}

async function exitCodeOf(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, "exit")) as unknown[];
  return code;
}

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

describe("without a terminal", () => {
  it("plays the sample when there is no input, while the heartbeat goes on", { timeout: 20_000 }, () => {
    const { status, stdout, stderr } = runWith([]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("Keys come from the sample, sample.txt.");
    expect(story(stdout)).toEqual(sampleStory);
    expect(Number(/Heartbeat +(\d+) ×/.exec(stdout)?.[1])).toBeGreaterThan(10);
    expect(stdout).toMatch(/3 ·.* 2 ·.* 1/);
    expect(stdout).toContain("Tasks left  0");
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it("reads standard input", () => {
    const { status, stdout } = runWith(["--speed", "20", "--pace", "1"], "f#ill\ns q");
    expect(status).toBe(0);
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

  it("tells the same story of the same file, however fast", () => {
    const { status, stdout } = runWith(["--input", sample, "--speed", "50", "--pace", "0"]);
    expect(status).toBe(0);
    expect(story(stdout)).toEqual(sampleStory);
  });

  it("ends when the input ends in the middle", () => {
    const { status, stdout } = runWith(["--input", "-", "--speed", "50", "--pace", "0"], "f.");
    expect(status).toBe(0);
    expect(story(stdout)).toContain("ready ─ nobody decided ─► scrubbed");
  });

  it("plays the sample when a pipe is open but nothing comes", async () => {
    const child = spawn(process.execPath, [program, "--speed", "50", "--pace", "0"]);
    const [output, status] = await Promise.all([text(child.stdout), exitCodeOf(child)]);
    expect(status).toBe(0);
    expect(story(output)).toEqual(sampleStory);
  });

  it("does not mind a reader that has seen enough", async () => {
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.once("data", () => child.stdout.destroy());
    const [errors, status] = await Promise.all([text(child.stderr), exitCodeOf(child)]);
    expect(errors).toBe("");
    expect(status).toBe(0);
  });
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends tidily on %s", async (signal, code) => {
  const child = spawn(process.execPath, [program, "--input", "-"]);
  child.stdin.write("f");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    if (!output.includes("25%") && (output + part).includes("25%")) child.kill(signal);
    output += part;
  });
  const [errors, status] = await Promise.all([text(child.stderr), exitCodeOf(child)]);
  expect(errors).toBe("");
  expect(status).toBe(code);
  expect(output).toContain("Interrupted in state fuelling: everything is made safe.");
  expect(output).toContain("Path        standby → fuelling");
  expect(output).toContain("Tasks left  0");
});

describe("the command line", () => {
  it("says how it is used", () => {
    const { status, stdout } = runWith(["--help"]);
    expect(status).toBe(0);
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
  ])("refuses %j with a message and exit code 2", (args, message) => {
    const { status, stdout, stderr } = runWith(args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
