/**
 * Node's flags for workers: those of this program, but for what concerns its own main script, or its inspector.
 */
import process from "node:process";

/** Flags whose value may be the next argument. */
const WITH_VALUE =
  /^(-e|--eval|-p|--print|-pe|-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/;
const OWN =
  /^(-e|--eval|-p|--print|-pe|-i|--interactive|-c|--check|--input-type.*|--inspect.*|--debug.*|--test.*|--watch.*|--max-old-space-size.*)$/;
/** What a thread can have of its own; of the others it has those of its process. */
const OF_THREADS = /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions)(=|$)/;

/** Returns the flags for a process. workerpool passes on the inspector's, with a port of its own, and the limit of the heap. */
export function inheritedFlags(): string[] {
  return select((name) => !OWN.test(name));
}

/** Returns the flags for a thread; undefined has it inherit all, which fails if the main script came from the command line. */
export function threadFlags(): readonly string[] | undefined {
  const isInline = process.execArgv.some((argument) => argument.startsWith("--input-type"));
  return isInline ? select((name) => OF_THREADS.test(name)) : undefined;
}

function select(isWanted: (flag: string) => boolean): string[] {
  const kept: string[] = [];
  for (let index = 0; index < process.execArgv.length; index++) {
    const argument = process.execArgv[index]!;
    const length = WITH_VALUE.test(argument) ? 2 : 1;
    if (isWanted(argument)) kept.push(...process.execArgv.slice(index, index + length));
    index += length - 1;
  }
  return kept;
}
