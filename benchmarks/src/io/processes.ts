/** The other ends of the connections: the server and the client, as processes. */
import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Service {
  readonly url: string;
  readonly stop: () => void;
}

/** Resolves once the server listens. */
export async function startServer(): Promise<Service> {
  const server = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const port = await firstLine(server.stdout);
  return { url: `http://127.0.0.1:${port}/`, stop: () => void server.stdin.end() };
}

/** Resolves to the nanoseconds within which 99 of 100 requests were answered, as the client saw it. */
export async function latencyOf(port: number, requests: number): Promise<number> {
  const client = spawn(
    process.execPath,
    [fileURLToPath(new URL("client.ts", import.meta.url)), `${port}`, `${requests}`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return Number(await firstLine(client.stdout)) * 1e6;
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error("The process at the other end has ended without a word");
}
