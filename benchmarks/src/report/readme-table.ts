/**
 * The table of the root README: of each benchmark the first works that have a target to compare with others, with the rivals known best.
 *
 * It stands between two comments and is written by `pnpm bench`, never by hand.
 */
import { wasBusy } from "../harness/machine.ts";
import type { Result, WorkResult } from "../harness/result.ts";
import { tableOf } from "./markdown.ts";
import { showRatio, showValue } from "./show-value.ts";

const BEGIN = "<!-- benchmarks: written by `pnpm bench --report` -->";
const END = "<!-- /benchmarks -->";

/** Works of one benchmark; those that matter most stand first there. */
const MOST = 3;
/** In columns of their own; the best of the others has the last one. */
const KNOWN = ["asyncio", "uvloop", "Effect"] as const;

/** @throws Error when the comments are not there. */
export function withTable(readme: string, results: readonly Result[]): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`The README has no lines "${BEGIN}" and "${END}"`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${summaryOf(results)}\n\n${readme.slice(end)}`;
}

function summaryOf(results: readonly Result[]): string {
  const works = results.flatMap((result) => result.works.filter(isCompared).slice(0, MOST));
  const rows = works.map(({ title, unit, values }) => {
    const [ours, ...others] = values;
    const ratioOf = (name: string) => others.find(({ rival }) => rival === name)?.ratio ?? null;
    const peers = others.filter(({ rival, ratio }) => ratio !== null && !isKnown(rival) && !isFloor(rival));
    const best = peers.toSorted((a, b) => a.ratio! - b.ratio!)[0];
    return [
      title,
      showValue(ours!.median, unit),
      ...KNOWN.map((name) => showOptional(ratioOf(name))),
      best === undefined ? "" : `${best.rival} ${showRatio(best.ratio!)}`,
    ];
  });
  const { node, machine, date } = results[0]!;
  const busy = results.some((result) => wasBusy(result.machine))
    ? " (others were at work on the machine: not reliable)"
    : "";
  return [
    `What others take, as a multiple of what ours takes (\`pnpm bench\` on Node ${node}, ${machine.processor} (${machine.cores} cores), ${date})${busy}:`,
    tableOf(["", "ours", ...KNOWN, "best other"], rows),
  ].join("\n\n");
}

function isCompared({ targets }: WorkResult): boolean {
  return targets.some(({ target }) => "rivals" in target);
}

function isKnown(rival: string): boolean {
  return KNOWN.some((name) => rival.startsWith(name));
}

/** What does less than a task does is in the full tables. */
function isFloor(rival: string): boolean {
  return rival === "promises" || rival === "setTimeout";
}

function showOptional(ratio: number | null): string {
  return ratio === null ? "" : showRatio(ratio);
}
