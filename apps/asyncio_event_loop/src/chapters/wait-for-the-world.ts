/**
 * waitForTheWorld: reading a file and asking an HTTP server, while a heartbeat keeps its beat; and what stops it.
 *
 * The file and the server are real: a temporary file and a server on 127.0.0.1, both gone at the end, also after Ctrl+C.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { getRunningLoop } from "@async/loop";
import { type Coroutine, gather, run, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { Heartbeat } from "../heartbeat.ts";

/** Milliseconds from beat to beat. */
const INTERVAL = 5;
const MEGABYTES = 32;
const REQUESTS = 20;
/** Milliseconds that the server takes its time. */
const THINKING = 150;
/** Milliseconds that a function keeps everybody waiting that does not await. */
const BLOCKING = 60;

export const waitForTheWorld: Chapter = {
  title: "Wait for files and sockets",

  async tell(page, { newLoop }) {
    page.say(`A heartbeat every ${INTERVAL} ms, and meanwhile:`);
    await run(
      async () => {
        const rows = [
          await measure("nothing", () => sleep(THINKING, "slept 150 ms")),
          await measure(`a file of ${MEGABYTES} MB`, readAFile),
          await measure(`${REQUESTS} HTTP requests at once`, askAServer),
          await measure(`${BLOCKING} ms without an await`, block),
        ];
        page.table(["what else went on", "beats", "largest delay", "outcome"], rows);
      },
      { loop: newLoop() },
    );
    page.line("What awaits lets others go on. What computes does not: it belongs on another thread.");
  },
};

async function measure(name: string, work: () => Promise<string>): Promise<(string | number)[]> {
  const loop = getRunningLoop();
  const heart = new Heartbeat(loop, INTERVAL);
  try {
    const outcome = await work();
    return [name, heart.beats, `${heart.largestDelay.toFixed(1)} ms`, outcome];
  } finally {
    heart.stop();
  }
}

async function readAFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "event-loop-"));
  try {
    const file = path.join(folder, "random");
    const content = randomBytes(1 << 20);
    for (let part = 0; part < MEGABYTES; part += 1) await writeFile(file, content, { flag: "a" });
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
    return `${size} bytes, SHA-256 ${hash.digest("hex").slice(0, 8)}…`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askAServer(): Promise<string> {
  const loop = getRunningLoop();
  const server = createServer((_request, response) => {
    loop.callLater(THINKING, () => response.end("a good answer"));
  });
  const url = await listen(server);
  try {
    const start = loop.time();
    const ask: Coroutine<string> = async ({ signal }) => (await fetch(url, { signal })).text();
    const answers = await gather(Array.from({ length: REQUESTS }, () => ask));
    return `${answers.length} answers in ${(loop.time() - start).toFixed(0)} ms`;
  } finally {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function block(): Promise<string> {
  await sleep(INTERVAL * 4);
  const end = performance.now() + BLOCKING;
  while (performance.now() < end);
  await sleep(INTERVAL * 4);
  return "everybody waited";
}
