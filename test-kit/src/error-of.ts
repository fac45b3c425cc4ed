/** errorOf: what a promise rejects with, for tests that look at the very object. */

/**
 * Resolves to what the work, or the function that starts it, throws; rejects if it does not.
 *
 * Typed as an error, which it nearly always is; a test of what is none compares the whole.
 */
export async function errorOf(work: PromiseLike<unknown> | (() => unknown)): Promise<Error> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error as Error;
  }
  throw new Error("the work did not fail");
}
