/** Provenance: the lines that say where a result comes from, without which its numbers mean nothing. */
import { wasBusy } from "../harness/machine.ts";
import type { Result } from "../harness/result.ts";

export function provenance({
  command,
  date,
  node,
  machine,
  rounds,
  rivals,
  leftOut,
}: Omit<Result, "works">): string[] {
  const { processor, cores, memory, system, loadBefore } = machine;
  return [
    `Node ${node} on ${processor}, ${cores} cores, ${memory} GiB, ${system}; ${date}; load before: ${loadBefore}${wasBusy(machine) ? " (busy: the ratios are not reliable)" : ""}`,
    `Command: ${command}; rounds: ${rounds}`,
    `Rivals: ${rivals.map(({ name, version }) => `${name} (${version})`).join(", ")}`,
    ...leftOut.map(({ name, reason }) => `${name}: left out, ${reason}`),
  ];
}
