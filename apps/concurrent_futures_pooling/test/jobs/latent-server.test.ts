import { expect, it } from "vitest";

import { LatentServer } from "../../src/jobs/latent-server.ts";

it("answers how many bytes it was sent, after its time, and is gone afterwards", async () => {
  let url: string;
  {
    await using server = await LatentServer.start(30);
    url = server.url;
    const start = performance.now();
    const response = await fetch(url, { method: "POST", body: "x".repeat(100_000) });
    expect(await response.text()).toBe("100000");
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  }
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
