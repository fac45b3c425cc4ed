import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

describe("I/O while tasks switch", { tags: ["slow"] }, () => {
  it("200 requests are served while 10,000 tasks switch without pause", async () => {
    const { stdout, stderr } = await runProgram(`
      import { once } from "node:events";
      import { createServer } from "node:http";
      import { TaskGroup, gather, run, sleep } from "@async/task";

      await run(async () => {
        const server = createServer((_, response) => response.end("served"));
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const url = "http://127.0.0.1:" + server.address().port;
        let switches = 0;
        let served = 0;
        await TaskGroup.run(async (group) => {
          for (let n = 0; n < 10_000; n += 1) {
            group.createTask(async () => {
              for (;;) {
                await sleep(0);
                switches += 1;
              }
            });
          }
          const request = async () => {
            if ((await (await fetch(url)).text()) === "served") served += 1;
          };
          await gather(Array.from({ length: 200 }, () => () => request()));
          group.cancel();
        });
        console.log(served, switches > 10_000);
        server.closeAllConnections();
        server.close();
      });
    `);
    expect([stdout, stderr]).toEqual(["200 true\n", ""]);
  });
});
