/** thrownBy: what a call throws, for tests that look at the very object. */

/** Returns what the call throws; throws if it does not. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("the call did not throw");
}
