/** drawComparison: durations as bars, with how many times as fast each is as the first. */
import { styleText } from "node:util";

export interface Bar {
  readonly label: string;
  /** Milliseconds. */
  readonly duration: number;
}

const INDENT = 10;

export function drawComparison(bars: readonly Bar[], width: number): string {
  const labelColumns = Math.max(...bars.map(({ label }) => label.length));
  const longest = Math.max(...bars.map(({ duration }) => duration));
  const figures = bars.map(({ duration }, index) => {
    const faster = index === 0 ? "" : `, ${(bars[0]!.duration / duration).toFixed(1)} times as fast`;
    return `${duration.toFixed(0)} ms${faster}`;
  });
  const figureColumns = Math.max(...figures.map((figure) => figure.length));
  const room = Math.max(1, width - INDENT - labelColumns - figureColumns - 3);
  return bars
    .map(({ label, duration }, index) => {
      const bar = "█".repeat(Math.max(1, Math.round((duration / longest) * room)));
      return `${" ".repeat(INDENT)}${label.padEnd(labelColumns)}  ${styleText("cyan", bar)} ${figures[index]!}`;
    })
    .join("\n");
}
