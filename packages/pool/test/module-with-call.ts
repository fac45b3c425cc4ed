/** A worker module that asks for its call while it is imported. */
import { currentCall } from "../src/worker.ts";

export const whileImported: string = (() => {
  try {
    return `call ${currentCall().id}`;
  } catch (error) {
    return (error as Error).name;
  }
})();

export function readWhileImported(name: string): string {
  return `${name} ${whileImported}`;
}
