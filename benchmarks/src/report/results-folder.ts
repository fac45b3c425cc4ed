/**
 * The folder of results: JSON as it was measured; tables and charts, which are made of it.
 *
 *     results/README.md            all targets, and what each Node has reached
 *     results/node-26/tasks.json   what was measured
 *     results/node-26/tasks.md     as a table
 *     results/node-26/tasks.svg    as a chart
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { format } from "prettier";

import type { Result } from "../harness/result.ts";
import { drawChart } from "./chart.ts";
import { markdownOf } from "./markdown.ts";
import { withTable } from "./readme-table.ts";
import { targetsOf } from "./targets.ts";

/** The version of Node whose results the README shows. */
const SHOWN = "node-26";
/** As in the rest of the repository. */
const WIDTH = 110;

export class ResultsFolder {
  readonly #folder: string;
  /** The benchmarks by name, in the order in which they are shown. */
  readonly #order: readonly string[];

  constructor(folder: string, order: readonly string[]) {
    this.#folder = folder;
    this.#order = order;
  }

  /** Keeps a result in place of the one that was there. */
  async save(result: Result): Promise<void> {
    const [major] = result.node.split(".");
    const file = path.join(this.#folder, `node-${major}`, `${result.benchmark}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await format(JSON.stringify(result), { parser: "json", printWidth: WIDTH }));
  }

  /** Writes the tables and charts of all results, and the table in the README. */
  async report(readme: string): Promise<void> {
    const byNode = this.#read();
    for (const [folder, results] of byNode) {
      for (const result of results) await this.#show(folder, result);
    }
    await writeMarkdown(path.join(this.#folder, "README.md"), targetsOf(byNode));
    const shown = byNode.get(SHOWN);
    if (shown !== undefined) await writeMarkdown(readme, withTable(readFileSync(readme, "utf8"), shown));
  }

  async #show(folder: string, result: Result): Promise<void> {
    const file = path.join(this.#folder, folder, result.benchmark);
    const chart = drawChart(result);
    if (chart !== null) writeFileSync(`${file}.svg`, chart);
    const link = chart === null ? null : `${result.benchmark}.svg`;
    await writeMarkdown(`${file}.md`, markdownOf(result, link));
  }

  /** Returns the results by the name of the folder, the newest Node first. */
  #read(): Map<string, Result[]> {
    const folders = globSync("node-*", { cwd: this.#folder }).sort().reverse();
    return new Map(folders.map((folder) => [folder, this.#readAll(folder)]));
  }

  #readAll(folder: string): Result[] {
    return this.#order
      .map((name) => path.join(this.#folder, folder, `${name}.json`))
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, "utf8")) as Result);
  }
}

async function writeMarkdown(file: string, text: string): Promise<void> {
  writeFileSync(file, await format(text, { parser: "markdown", printWidth: WIDTH }));
}
