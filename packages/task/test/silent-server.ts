/** startSilentServer: a server that answers nothing, and tells when a request has come and when it was given up. */
import { once } from "node:events";

import { type LocalServer, serve } from "@async/test-kit";

export interface SilentServer extends LocalServer {
  /** Returns promises of the next request's arrival and of its end; ask for them before it is made. */
  nextRequest(): { readonly came: Promise<unknown>; readonly givenUp: Promise<unknown> };
}

export async function startSilentServer(): Promise<SilentServer> {
  const local = await serve((_, response) => {
    response.on("close", () => local.server.emit("given up"));
  });
  return {
    ...local,
    nextRequest: () => ({ came: once(local.server, "request"), givenUp: once(local.server, "given up") }),
  };
}
