/**
 * The server that requests are sent to, in a process of its own, so that its work is not counted: answers "ok", and prints its port.
 * It ends with its standard input, and so with its parent.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";

const server = createServer((_request, response) => response.end("ok"));
server.listen(0, "127.0.0.1", () => {
  console.log((server.address() as AddressInfo).port);
});
process.stdin.on("close", () => process.exit()).resume();
