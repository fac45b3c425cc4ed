/** ruled: a heading with a rule through the rest of its line. */
import { styleText } from "node:util";

export function ruled(heading: string, width: number): string {
  const rule = "─".repeat(Math.max(0, width - heading.length - 4));
  return `${styleText("dim", "──")} ${styleText("bold", heading)} ${styleText("dim", rule)}`;
}
