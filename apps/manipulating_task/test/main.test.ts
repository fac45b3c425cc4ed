/** The program as a user runs it: in a process of its own. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { type Ended, runFile, temporaryFolder } from "@async/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromXml } from "xast-util-from-xml";

const program = path.resolve(import.meta.dirname, "../src/main.ts");
/** So that colours and width do not depend on where the tests run. */
const env = { FORCE_COLOR: undefined, NO_COLOR: undefined, COLUMNS: undefined };

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

describe("a run", { tags: ["slow"] }, () => {
  let svg: string;
  let piped: Ended;
  let coloured: Ended;
  /** Milliseconds. */
  let took: number;
  beforeAll(async () => {
    svg = path.join(folder.path, "timeline.svg");
    const start = performance.now();
    const pipedRun = runFile(program, ["--number", "6", "--svg", svg], { env });
    const colouredRun = runFile(program, ["--svg", path.join(folder.path, "other.svg")], {
      env: { ...env, FORCE_COLOR: "1", COLUMNS: "60" },
    });
    piped = await pipedRun;
    took = performance.now() - start;
    coloured = await colouredRun;
  }, 30_000);

  it("ends well, without a word on stderr", () => {
    expect(piped).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("takes less than 8 seconds", () => {
    expect(took).toBeLessThan(8000);
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

it.concurrent("explains itself", { tags: ["slow"] }, async ({ expect }) => {
  const { exitCode, stdout, stderr } = await runFile(program, ["--help"], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: pnpm start manipulating_task \[options\]\n/);
});

it.concurrent("refuses a bad option", { tags: ["slow"] }, async ({ expect }) => {
  expect(await runFile(program, ["--number", "ten"], { env })).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: '--number takes a whole number from 1 to 10000, not "ten"\n\nTry --help.\n',
  });
});

it.concurrent.each([
  ["while tasks wait", "4! = 24"],
  ["while a task cleans up", "closes its file"],
])("ends like any interrupted program, %s", { tags: ["slow"] }, async (_, moment) => {
  const svg = path.join(folder.path, `${moment}.svg`);
  const { exitCode, stdout, stderr } = await runFile(program, ["--svg", svg], { env, interruptAt: moment });
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: "" });
  expect(stdout).toMatch(/⊘.*cancelled\n$/);
  expect(existsSync(svg)).toBe(false);
});
