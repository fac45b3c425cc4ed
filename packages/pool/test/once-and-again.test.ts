import { readFileSync } from "node:fs";
import path from "node:path";

import { errorOf, temporaryFolder, within } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, work } from "./pools.ts";

/** Nothing that workers say is heard meanwhile. */
function beBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("a call that moves its data to a thread", { tags: ["slow"] }, () => {
  const { Pool, Broken } = POOLS[0];

  it("arrives with it, among many others and behind a slow one", async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    const send = (milliseconds: number) => {
      const buffer = new ArrayBuffer(16);
      return pool.with({ transfer: [buffer] }).submit(work.byteLengthAfter, buffer, milliseconds);
    };
    await Promise.all(Array.from({ length: 50 }, () => send(0)));
    const sizes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => send(index % 50 === 0 ? 20 : 0)),
    );
    expect(sizes).toEqual(sizes.map(() => 16));
  });

  it("and whose worker dies before it starts is lost: there is nothing left to send again", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.exitSoon);
    const buffer = new ArrayBuffer(16);
    const call = pool.with({ transfer: [buffer] }).submit(work.byteLength, buffer);
    beBusy(30);
    const [end] = await Promise.allSettled([call]);
    // Either the death was known before the call was sent, or it took the data along.
    expect(end.status === "fulfilled" ? end.value : end.reason).toSatisfy(
      (value) => value === 16 || value instanceof Broken,
    );
    expect(await pool.submit(work.identity, 1)).toBe(1);
  });
});

describe.each(POOLS)(
  "what a worker of $kind takes along when it dies",
  { tags: ["slow"] },
  ({ kind, Pool, Broken }) => {
    it("are not the arguments of others: they are as they were when they were submitted", async () => {
      await using pool = new Pool({ maxWorkers: 1 });
      await pool.submit(work.exitSoon);
      beBusy(50); // It has died, and we do not know.
      const argument = { value: "as it was" };
      const call = pool.submit(work.identity, argument);
      argument.value = "changed";
      expect(await call).toEqual({ value: "as it was" });
    });

    it("is no call that has started: none is made a second time", async () => {
      using folder = temporaryFolder();
      const file = path.join(folder.path, "calls");
      await using pool = new Pool({ maxWorkers: 1 });
      await Promise.all(Array.from({ length: 50 }, () => pool.submit(work.noteIn, file, "warm", 1)));
      const { pid } = await pool.submit(work.whoAmI);
      // Their results are so long that most of them wait in the worker.
      const calls = Array.from({ length: 512 }, (_, call) =>
        pool.submit(work.noteIn, file, String(call), 5000),
      );
      const deadly = kind === "threads" ? pool.submit(work.exit, 1) : null;
      await new Promise(setImmediate);
      beBusy(100);
      if (kind === "processes") process.kill(pid, "SIGKILL");
      await Promise.allSettled([...calls, deadly]);
      const noted = readFileSync(file, "utf8").split("\n");
      const made = noted.filter((call) => call !== "" && call !== "warm");
      expect(made.length).toBe(new Set(made).size);
      expect(made.length).toBeGreaterThan(0);
    });

    it("is a call that no worker survives to start: the third worker is the last one that it costs", async () => {
      await using pool = new Pool({ maxWorkers: 1, initializer: work.exitAtOnce });
      const error = await within(20_000, errorOf(pool.submit(work.identity, 1)));
      expect(error).toBeInstanceOf(Broken);
      expect(pool.statistics().died).toBeLessThanOrEqual(3);
    });
  },
);
