/** createALoop: the states of a loop, as it names them. */
import { expect, it } from "vitest";

import { createALoop } from "../../src/chapters/create-a-loop.ts";
import { told } from "../told.ts";

it("shows a loop stopped, running and closed", async () => {
  const states = (await told(createALoop)).match(/<EventLoop \w+>/g);
  expect(states).toEqual(["<EventLoop stopped>", "<EventLoop running>", "<EventLoop closed>"]);
});
