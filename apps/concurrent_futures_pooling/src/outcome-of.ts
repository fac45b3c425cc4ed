/**
 * outcomeOf: what came of a call, in a line.
 *
 * An error is an outcome, a cancelled future too. Only the cancellation of the task that asks is none: who catches that one has to pass it on, or
 * Ctrl+C would be lost here.
 */
import { currentTask } from "@async/task";

/** Resolves to the result as text, or to the error, also to one that is thrown at the call. */
export async function outcomeOf(call: () => PromiseLike<unknown>): Promise<string> {
  try {
    return String(await call());
  } catch (error) {
    passOnOwnCancellation(error);
    return String(error);
  }
}

/** Resolves to the results of an iteration, and the error at its end if there was one. */
export async function outcomesOf(results: AsyncIterable<unknown>): Promise<string> {
  const texts: string[] = [];
  try {
    for await (const result of results) texts.push(String(result));
  } catch (error) {
    passOnOwnCancellation(error);
    texts.push(String(error));
  }
  return texts.join(", ");
}

/** @throws the error, if the running task was asked to cancel. */
function passOnOwnCancellation(error: unknown): void {
  if (currentTask()!.cancelling() > 0) throw error;
}
