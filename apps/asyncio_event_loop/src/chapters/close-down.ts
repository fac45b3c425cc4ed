/**
 * closeDown: a program with an open server, tasks and a timer is asked to end by a signal, and ends with nothing left hanging.
 *
 *     SIGTERM ──► the main task goes on ──► the server is closed ──► the runner cancels and awaits what is left ──► the loop is closed
 */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import process from "node:process";

import { getRunningLoop } from "@async/loop";
import { Runner, allTasks, createTask, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { Heartbeat } from "../heartbeat.ts";
import type { Page } from "../page.ts";

/** Milliseconds until the program sends itself the signal. */
const LIFETIME = 150;

export const closeDown: Chapter = {
  title: "Close down, leave nothing behind",

  async tell(page, { newLoop }) {
    page.say("A server, two workers and a heartbeat go on until SIGTERM comes (we send it to ourselves).");
    const resourcesBefore = process.getActiveResourcesInfo().length;
    const listenersBefore = process.listenerCount("SIGTERM");
    const loop = newLoop();
    const runner = new Runner({ loop });
    try {
      await runner.run(() => serveUntilSigterm(page));
      page.line(`The main task has ended. It left ${allTasks(loop).size} tasks.`);
    } finally {
      await runner.close();
    }
    page.say("The runner has cancelled and awaited them, and closed the loop.");
    page.table(
      ["what is left", "number"],
      [
        ["tasks", allTasks(loop).size],
        ["timers and callbacks", loop.isIdle() ? 0 : "some"],
        ["signal handlers", process.listenerCount("SIGTERM") - listenersBefore],
        ["open resources of the process", process.getActiveResourcesInfo().length - resourcesBefore],
      ],
    );
    page.line("Nothing holds the process: behind the last chapter it exits by itself.");
  },
};

async function serveUntilSigterm(page: Page): Promise<void> {
  const loop = getRunningLoop();
  const server = createServer((_request, response) => response.end("still here"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const heart = new Heartbeat(loop, 10);
  void createTask(() => work(page, "worker 1"), { name: "worker 1" });
  void createTask(() => work(page, "worker 2"), { name: "worker 2" });

  const asked = loop.createFuture<string>();
  loop.addSignalHandler("SIGTERM", () => {
    if (!asked.done()) asked.setResult("SIGTERM");
  });
  loop.callLater(LIFETIME, () => process.kill(process.pid, "SIGTERM"));
  page.line(`The server is ${stateOf(server)}, ${allTasks().size} tasks are alive.`);
  try {
    page.line(`${await asked} has come, after ${heart.beats} heartbeats.`);
  } finally {
    loop.removeSignalHandler("SIGTERM");
    heart.stop();
    server.close();
    await once(server, "close");
  }
  page.line(`The server is ${stateOf(server)}, the heartbeat has stopped.`);
}

function stateOf(server: Server): string {
  return server.listening ? "listening" : "closed";
}

/** Works for ever; cancelled, it puts its tools away, which takes a moment. */
async function work(page: Page, name: string): Promise<void> {
  try {
    for (;;) await sleep(20);
  } finally {
    await sleep(5);
    page.line(`  ${name} has put its tools away`);
  }
}
