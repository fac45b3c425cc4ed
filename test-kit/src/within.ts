/** within: a limit of time inside of a test, so that the test itself can clean up after what hangs. */

/** Settles as the work does; rejects if it takes longer than so many milliseconds. */
export async function within<T>(limit: number, work: PromiseLike<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, limit, new Error(`not done within ${limit} ms`));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
