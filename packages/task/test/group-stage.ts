/** The stage of the tests of task groups: children that fail, or log how they ended, and what the group throws. */
import { errorOf } from "@async/test-kit";
import { expect } from "vitest";

import { ExceptionGroup, sleep } from "../src/index.ts";

/** Returns a child that fails. */
export function failAfter(delay: number, error: Error): () => Promise<never> {
  return async () => {
    await sleep(delay);
    throw error;
  };
}

/** Returns a child that sleeps, and logs how that ended. */
export function logged(log: string[], name: string, delay: number): () => Promise<void> {
  return async () => {
    try {
      await sleep(delay);
      log.push(`${name} done`);
    } catch (error) {
      log.push(`${name} ${(error as Error).name}`);
      throw error;
    }
  };
}

/** Resolves to the group of errors that the work fails with. */
export async function groupOf(work: PromiseLike<unknown>): Promise<ExceptionGroup> {
  const error = await errorOf(work);
  expect(error).toBeInstanceOf(ExceptionGroup);
  return error as ExceptionGroup;
}
