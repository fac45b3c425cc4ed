import { expect, it } from "vitest";

import { errorOf, serve } from "../src/index.ts";

it("answers requests until it is disposed of, which ends the open ones", async () => {
  const local = await serve((request, response) => {
    if (request.url === "/quick") response.end("answer");
  });
  const asked = new Promise((resolve) => local.server.once("request", resolve));
  const open = errorOf(fetch(`${local.url}/never`));
  await asked;
  expect(await (await fetch(`${local.url}/quick`)).text()).toBe("answer");
  await local[Symbol.asyncDispose]();
  expect((await open).message).toBe("fetch failed");
  expect((await errorOf(fetch(`${local.url}/quick`))).message).toBe("fetch failed");
});
