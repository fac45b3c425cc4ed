/** microtasks: lets everything happen that waits for nothing but a microtask. */

/** Resolves once no microtask and no host tick is left. */
export function microtasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
