import { spawn } from "node:child_process";

import { expect, it } from "vitest";

import { endOf } from "../src/index.ts";

it("tells the end of a process whose output the test has closed", { tags: ["slow"] }, async () => {
  const child = spawn(process.execPath, ["--eval", `console.log("first"); setTimeout(() => {}, 20);`]);
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await endOf(child)).toMatchObject({ exitCode: 0, stderr: "" });
});

it("rejects when the process cannot be started", async () => {
  await expect(endOf(spawn("/no/such/program"))).rejects.toThrow("ENOENT");
});
