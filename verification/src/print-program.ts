/**
 * A program as text: one op a line, what is inside a block indented.
 */
import type { Op, Ops, Program } from "./program.ts";

export function printProgram(program: Program): string {
  return program.coros
    .flatMap((ops, index) => [`coroutine ${index}`, ...ops.flatMap((op) => printOp(op, "  "))])
    .join("\n");
}

function printOp(op: Op, indent: string): string[] {
  const line = (...words: readonly unknown[]): string => indent + words.map(printWord).join(" ");
  const block = (ops: Ops): string[] => ops.flatMap((inner) => printOp(inner, `${indent}  `));
  if (op[0] === "timeout" || op[0] === "lock" || op[0] === "sem")
    return [line(op[0], op[1]), ...block(op[2])];
  if (op[0] === "group") {
    const members = op[1].map(([x, coroutine]) => `${x}=${coroutine}`);
    return [line("group", ...members), ...block(op[2])];
  }
  if (op[0] === "try") {
    const [, ops, catches, handler, cleanupDelay] = op;
    const end = line("finally", "sleep", cleanupDelay);
    return [line("try"), ...block(ops), line("catch", catches), ...block(handler), end];
  }
  return [line(...op)];
}

function printWord(word: unknown): string {
  return typeof word === "string" && word !== "" ? word : JSON.stringify(word);
}
