/**
 * gateKeeper: holds calls that run elsewhere, in a thread or a process, until the test lets them go on.
 *
 *     test ── gate.ticket, as an argument ──► worker: await passGate(ticket) ── connects, and is counted ──► keeper
 *                                                              goes on  ◄── gate.open() ends the connection ──┘
 *
 * So a test knows that a call runs, and for how long, without a clock.
 */
import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

export interface Gate {
  /** What the call elsewhere is given: a text, so that it travels by any road. */
  readonly ticket: string;
  /** Calls that have reached the gate so far. */
  readonly arrivals: number;
  /** Resolves once so many calls have reached it. Default: 1. */
  reached(arrivals?: number): Promise<void>;
  /** Lets all calls through, also those that come later. */
  open(): void;
}

export interface GateKeeper extends AsyncDisposable {
  /** Makes a gate, closed. */
  readonly gate: () => Gate;
}

/** Resolves once calls can come. Disposing of it opens all gates. */
export async function gateKeeper(): Promise<GateKeeper> {
  const gates: KeptGate[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => null); // The worker that waited was ended.
    socket.once("data", (ticket) => gates[Number(String(ticket))]?.arrive(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    gate: () => {
      const gate = new KeptGate(`${port}/${gates.length}`);
      gates.push(gate);
      return gate;
    },
    async [Symbol.asyncDispose]() {
      for (const gate of gates) gate.open();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

/** Where a worker finds `passGate`, without what else there is in this kit. */
export const gateModule = new URL(import.meta.url);

/** Runs in the worker: resolves to the ticket once its gate is open, or the test has ended. */
export async function passGate(ticket: string): Promise<string> {
  const [port, index] = ticket.split("/");
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => null); // The test has ended.
  socket.write(index!);
  socket.resume();
  await once(socket, "close");
  return ticket;
}

class KeptGate implements Gate {
  readonly ticket: string;
  arrivals = 0;
  #isOpen = false;
  #held: Socket[] = [];
  #watchers: { readonly arrivals: number; readonly resolve: () => void }[] = [];

  constructor(ticket: string) {
    this.ticket = ticket;
  }

  reached(arrivals = 1): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push({ arrivals, resolve });
      this.#tell();
    });
  }

  open(): void {
    this.#isOpen = true;
    for (const socket of this.#held) socket.destroy();
    this.#held = [];
  }

  arrive(socket: Socket): void {
    this.arrivals += 1;
    if (this.#isOpen) socket.destroy();
    else this.#held.push(socket);
    this.#tell();
  }

  #tell(): void {
    const due = this.#watchers.filter(({ arrivals }) => arrivals <= this.arrivals);
    this.#watchers = this.#watchers.filter((watcher) => !due.includes(watcher));
    for (const { resolve } of due) resolve();
  }
}
