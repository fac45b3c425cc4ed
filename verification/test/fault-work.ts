/** Work for the tests of faults: one function that does what it is told, so that a fault can also be an item of a map. */
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

// The types of Node do not have it.
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { readonly Module: new (code: Uint8Array) => object };
};

/** An error with all that an error can carry. */
function richError(): Error {
  const root = new RangeError("the root");
  const error = new TypeError("the message", { cause: new Error("the cause", { cause: root }) });
  return Object.assign(error, { code: "E_RICH", details: new Map([["key", 1n]]) });
}

/** What a call may be told to do. */
const deeds = {
  work: () => "done",
  exit: () => process.exit(3),
  "kill itself": () => process.kill(process.pid, "SIGKILL"),
  "use up the memory": () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 100_000 }, () => Math.random()));
  },
  "loop for ever": () => {
    for (;;);
  },
  "throw in a timer meanwhile": async () => {
    setTimeout(() => {
      throw new Error("stray");
    }, 1);
    await pause(30);
    return "done";
  },
  "throw in a timer afterwards": () => {
    setTimeout(() => {
      throw new Error("stray");
    }, 1);
    return "done";
  },
  "reject what nobody awaits": async () => {
    void Promise.reject(new Error("stray"));
    await pause(10);
    return "done";
  },
  "return a function": () => () => {},
  "return a URL": () => ({ among: [new URL("https://example.org/")] }),
  "return a module": () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  "return a symbol": () => Symbol("result"),
  "return a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return [proxy];
  },
  "return data": () => [
    new Map([[1n, new Set(["a"])]]),
    new Date(0),
    new Float64Array([0.5]),
    undefined,
    null,
  ],
  "throw a text": () => {
    throw "text";
  },
  "throw undefined": () => {
    throw undefined;
  },
  "throw a function": () => {
    throw () => {};
  },
  "throw a circle": () => {
    const error = new Error("circle") as Error & { self?: unknown };
    error.self = error;
    error.cause = error;
    throw error;
  },
  "throw a rich error": () => {
    throw richError();
  },
  "throw a hostile error": () => {
    throw new Proxy(new Error("hostile"), {
      get() {
        throw new Error("no entry");
      },
    });
  },
} as const;

type Deed = keyof typeof deeds;

/** Does the deed; takes anything, so that a test can also send what cannot be sent. */
export function act(deed: unknown): unknown {
  return deeds[deed as Deed]();
}

/** Waits for `milliseconds` of its own time, then says which call it was. */
export async function linger(call: number, milliseconds: number): Promise<number> {
  await pause(milliseconds);
  return call;
}

/** Ends its worker before it can answer, in the way that is told. */
export function die(how: "exit" | "kill" | "throw later"): Promise<never> {
  if (how === "exit") process.exit(1);
  if (how === "kill") process.kill(process.pid, "SIGKILL");
  return new Promise(() => setTimeout(() => process.exit(2), 1));
}
