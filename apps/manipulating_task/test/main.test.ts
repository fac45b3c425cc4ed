/** The program as a user runs it: in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromXml } from "xast-util-from-xml";

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly took: number;
}

const program = path.resolve(import.meta.dirname, "../src/main.ts");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "test-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** @param interruptAt - the text at whose sight the user presses Ctrl+C */
async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  interruptAt?: string,
): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, COLUMNS: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (interruptAt !== undefined) {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes(interruptAt)) child.kill("SIGINT");
    });
  }
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr, took: performance.now() - start };
}

describe("a run", { timeout: 30_000 }, () => {
  let svg: string;
  let piped: Run;
  let coloured: Run;
  beforeAll(async () => {
    svg = path.join(folder, "timeline.svg");
    [piped, coloured] = await Promise.all([
      runProgram(["--number", "6", "--svg", svg]),
      runProgram(["--svg", path.join(folder, "other.svg")], { FORCE_COLOR: "1", COLUMNS: "60" }),
    ]);
  }, 30_000);

  it("ends well, without a word on stderr", () => {
    expect(piped).toMatchObject({ status: 0, stderr: "" });
  });

  it("takes less than 8 seconds", () => {
    expect(piped.took).toBeLessThan(8000);
  });

  it("shows all chapters in order", () => {
    const headings = [...piped.stdout.matchAll(/^── (.*?) ─+$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "1 Create and await",
      "2 Gather",
      "3 Exceptions",
      "4 Cancel",
      "5 Time limits",
      "6 Shield",
      "7 Task group",
      "8 HTTP requests",
      "9 File reads",
      "Timeline",
    ]);
  });

  it("lets the computations take turns", () => {
    const turns = [...piped.stdout.matchAll(/●.*(factorial|fibonacci|binomial)/g)].map(([, name]) => name);
    expect(turns.slice(0, 6)).toEqual([
      "factorial",
      "fibonacci",
      "binomial",
      "factorial",
      "fibonacci",
      "binomial",
    ]);
    expect(piped.stdout).toContain("main       6! = 720");
    expect(piped.stdout).toContain("main       C(6, 3) = 20");
  });

  it("measures that requests at once are faster than in turn", () => {
    const [, inTurn, atOnce] = /in turn +█+ (\d+) ms\n +at once +█+ (\d+) ms/.exec(piped.stdout) ?? [];
    expect(Number(inTurn)).toBeGreaterThanOrEqual(450);
    expect(Number(atOnce)).toBeGreaterThanOrEqual(119);
    expect(Number(atOnce)).toBeLessThan(Number(inTurn));
  });

  it("ends with a timeline that has a row for each task", () => {
    const chart = piped.stdout.slice(piped.stdout.indexOf("── Timeline"));
    expect(chart.match(/^ {2}\S.*[✓✗◷⊘]/gm)).toHaveLength(35);
    expect(chart).toContain("● runs   ─ waits");
  });

  it("says where it has drawn the picture, which has a row for each task too", () => {
    expect(piped.stdout).toContain(`The same as a picture: ${svg}\n`);
    const picture = readFileSync(svg, "utf8");
    expect(fromXml(picture).children[0]).toMatchObject({ name: "svg" });
    expect(picture.match(/class="task"/g)).toHaveLength(35);
  });

  it("prints no control characters into a pipe", () => {
    expect(piped.stdout.replaceAll("\n", "")).not.toMatch(/\p{Control}/u);
  });

  it("has colours where they are wanted", () => {
    expect(coloured.stdout).not.toBe(stripVTControlCharacters(coloured.stdout));
  });

  it("keeps to the width of the terminal", () => {
    const lines = stripVTControlCharacters(coloured.stdout).split("\n").slice(0, -2);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });
});

it.concurrent("explains itself", { timeout: 10_000 }, async ({ expect }) => {
  const { status, stdout, stderr } = await runProgram(["--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: pnpm start manipulating_task \[options\]\n/);
});

it.concurrent("refuses a bad option", { timeout: 10_000 }, async ({ expect }) => {
  expect(await runProgram(["--number", "ten"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: '--number takes a whole number from 1 to 10000, not "ten"\n\nTry --help.\n',
  });
});

it.concurrent.each([
  ["while tasks wait", "4! = 24"],
  ["while a task cleans up", "closes its file"],
])("ends like any interrupted program, %s", { timeout: 10_000 }, async (_, moment) => {
  const svg = path.join(folder, `${moment}.svg`);
  const { status, stdout, stderr } = await runProgram(["--svg", svg], {}, moment);
  expect({ status, stderr }).toEqual({ status: 130, stderr: "" });
  expect(stdout).toMatch(/⊘.*cancelled\n$/);
  expect(existsSync(svg)).toBe(false);
});
