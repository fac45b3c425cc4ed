/** LatentServer: an HTTP server on this machine that takes its time before it answers. */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { getRunningLoop } from "@async/loop";

export class LatentServer implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Starts it; `/80` is answered after 80 milliseconds. */
  static async start(): Promise<LatentServer> {
    const loop = getRunningLoop();
    const server = createServer(({ url = "/" }, response) => {
      loop.callLater(Number(url.slice(1)), () => response.end(`page ${url}`));
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
