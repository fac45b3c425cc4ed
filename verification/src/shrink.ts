/**
 * Shrinks a program that differs: takes ops away one by one, as long as what is left still differs.
 */
import type { CPython } from "./cpython.ts";
import type { Op, Ops, Program } from "./program.ts";
import { type Mismatch, replay } from "./replay.ts";

/** Resolves to a mismatch from which no op can be taken without losing it. */
export async function shrink(mismatch: Mismatch, python: CPython): Promise<Mismatch> {
  const smaller = await firstMismatch(reductions(mismatch.recording.scenario), python);
  return smaller ? shrink(smaller, python) : mismatch;
}

async function firstMismatch(programs: readonly Program[], python: CPython): Promise<Mismatch | null> {
  if (programs.length === 0) return null;
  const observations = python.record(programs);
  for (const [index, scenario] of programs.entries()) {
    const expect = observations[index];
    const mismatch = expect ? await replay({ scenario, expect }) : null;
    if (mismatch) return mismatch;
  }
  return null;
}

/** Returns every program one step smaller: a coroutine without ops, one op gone, or a block gone from around its ops. */
export function reductions(program: Program): Program[] {
  return program.coros.flatMap((ops, index) => {
    const smallerOps = ops.length > 1 ? [[], ...smaller(ops)] : smaller(ops);
    return smallerOps.map((ops) => ({ ...program, coros: program.coros.with(index, ops) }));
  });
}

function smaller(ops: Ops): Ops[] {
  return ops.flatMap((op, index) => replacements(op).map((kept) => ops.toSpliced(index, 1, ...kept)));
}

/** What may stand in the place of an op, the smallest first. */
function replacements(op: Op): Ops[] {
  if (op[0] === "timeout" || op[0] === "lock" || op[0] === "sem") {
    const [name, argument, ops] = op;
    return [[], ops, ...smaller(ops).map((ops): Ops => [[name, argument, ops]])];
  }
  if (op[0] === "group") {
    const [name, members, ops] = op;
    const fewerMembers = members.map((_, index): Ops => [[name, members.toSpliced(index, 1), ops]]);
    return [[], ops, ...fewerMembers, ...smaller(ops).map((ops): Ops => [[name, members, ops]])];
  }
  if (op[0] === "try") {
    const [name, ops, catches, handler, cleanupDelay] = op;
    const withoutCleanup: Ops[] = cleanupDelay > 0 ? [[[name, ops, catches, handler, 0]]] : [];
    const smallerBody = smaller(ops).map((ops): Ops => [[name, ops, catches, handler, cleanupDelay]]);
    const smallerHandler = smaller(handler).map((handler): Ops => [
      [name, ops, catches, handler, cleanupDelay],
    ]);
    return [[], ops, ...withoutCleanup, ...smallerBody, ...smallerHandler];
  }
  return [[]];
}
