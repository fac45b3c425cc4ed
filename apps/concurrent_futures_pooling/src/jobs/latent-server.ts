/** LatentServer: an HTTP server on this machine that takes its time before it answers how many bytes it was sent. */
import { once } from "node:events";
import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export class LatentServer implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param latency - milliseconds from the end of a request to its answer */
  static async start(latency: number): Promise<LatentServer> {
    const server = createServer((request, response) => {
      countBytes(request, (bytes) => setTimeout(() => response.end(String(bytes)), latency));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new LatentServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    // Also those that a client keeps open for its next request.
    this.#server.closeAllConnections();
    await closed;
  }
}

function countBytes(request: IncomingMessage, then: (bytes: number) => void): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => (bytes += chunk.length));
  request.on("end", () => then(bytes));
}
