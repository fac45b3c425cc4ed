/**
 * The place of the default loop: one per process, also when two copies of this package are installed.
 *
 * It is there because the host's loop is. The host drives it for good: it is made running, and can be neither run, stopped nor closed.
 */
const KEY = Symbol.for("@async/loop/1/default");
const shared = globalThis as { [KEY]?: object | undefined };

/** Returns the default loop, which `make` makes when it is first asked for. */
export function sharedDefaultLoop<L extends object>(make: () => L): L {
  return (shared[KEY] ??= make()) as L;
}

/** Says whether this is the loop that the host drives. */
export function isDefaultLoop(loop: object): boolean {
  return shared[KEY] === loop;
}
