import { run } from "@async/task";
import { expect, it } from "vitest";

import { LatentServer } from "../../src/io/latent-server.ts";
import { stopwatch } from "../../src/io/stopwatch.ts";

it("answers after the milliseconds that the path names, and is gone afterwards", () =>
  run(async () => {
    let url = "";
    {
      await using server = await LatentServer.start();
      url = server.url;
      const took = await stopwatch(async () => {
        expect(await (await fetch(`${url}/30`)).text()).toBe("page /30");
      });
      expect(took).toBeGreaterThanOrEqual(29);
    }
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  }));
