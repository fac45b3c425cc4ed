import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import path from "node:path";
import { pbkdf2 } from "node:crypto";
import { lookup } from "node:dns/promises";
import { promisify } from "node:util";

import { Future, type Executor, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { sleep, timeout, toThread } from "@async/task";
import { errorOf, serve, temporaryFolder } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { HostTimeoutError, hostWork, runVirtual } from "../src/index.ts";

const time = () => getRunningLoop().time();

/** Runs the work with a deadline of a virtual millisecond, which never comes if time stands still meanwhile. */
const whileTimeStandsStill = <T>(work: () => Promise<T>): Promise<T> =>
  runVirtual(async () => {
    const result = await timeout(1, work);
    expect(time()).toBe(0);
    return result;
  });

describe("time stands still while the host", () => {
  it("reads and writes files", async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, "file");
    const text = await whileTimeStandsStill(async () => {
      for (let round = 1; round <= 20; round += 1) await writeFile(file, `round ${round}`);
      return readFile(file, "utf8");
    });
    expect(text).toBe("round 20");
  });

  it("resolves names, computes hashes, and connects", async () => {
    const server = createServer((socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { address } = await whileTimeStandsStill(async () => {
      await promisify(pbkdf2)("password", "salt", 1000, 16, "sha256");
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.destroy();
      return lookup("127.0.0.1");
    });
    expect(address).toBe("127.0.0.1");
    server.close();
    await once(server, "close");
  });

  it("has a timer or an immediate of its own set", async () => {
    const result = await whileTimeStandsStill(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return new Promise((resolve) => setImmediate(resolve, "both fired"));
    });
    expect(result).toBe("both fired");
  });

  it("sends a request and reads the response, also over a connection that was kept", async () => {
    await using server = await serve((_, response) => {
      setTimeout(() => response.end("a response"), 5);
    });
    const texts = await whileTimeStandsStill(async () => {
      const first = await (await fetch(server.url)).text();
      const second = await (await fetch(server.url)).text();
      const [response] = (await once(get(server.url), "response")) as [NodeJS.ReadableStream];
      const [third] = (await once(response, "data")) as [Buffer];
      return [first, second, third.toString()];
    });
    expect(texts).toEqual(["a response", "a response", "a response"]);
  });

  it("runs a call of an executor", async () => {
    const executor = {
      submit: (fn: () => unknown) => {
        const future = new Future();
        setTimeout(() => future.setResult(fn()), 5).unref();
        return future;
      },
      map: () => undefined,
      starmap: () => undefined,
      shutdown: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    } as unknown as Executor;
    const result = await whileTimeStandsStill(async () => {
      getRunningLoop().setDefaultExecutor(executor);
      return toThread(() => "from a worker");
    });
    expect(result).toBe("from a worker");
  });

  it("does what it was told of with hostWork", async () => {
    const result = await whileTimeStandsStill(() =>
      hostWork(new Promise((resolve) => setTimeout(resolve, 5, "a reply").unref())),
    );
    expect(result).toBe("a reply");
  });
});

describe("time moves although", () => {
  it("a server listens and connections are kept", async () => {
    await using server = await serve((_, response) => response.end("kept alive"));
    await runVirtual(async () => {
      await (await fetch(server.url)).text();
      await sleep(3_600_000);
      expect(time()).toBe(3_600_000);
    });
  });

  it("an interval, or a timer that does not keep the process alive, is set", () =>
    runVirtual(async () => {
      const interval = setInterval(() => {}, 10);
      const timer = setTimeout(() => {}, 60_000).unref();
      const cleared = setTimeout(() => {}, 60_000);
      clearTimeout(cleared);
      await sleep(1000);
      clearInterval(interval);
      clearTimeout(timer);
      expect(time()).toBe(1000);
    }));

  it("the code around the run has timers and requests of its own", async () => {
    const timer = setTimeout(() => {}, 60_000);
    expect(await runVirtual(() => sleep(1000, "over"))).toBe("over");
    clearTimeout(timer);
  });

  it("a request is under way, to a server whose answer takes virtual time", () =>
    runVirtual(async () => {
      await using server = await serve((_, response) => {
        void sleep(5000).then(() => response.end("late"));
      });
      const ask = async (signal: AbortSignal) => (await fetch(server.url, { signal })).text();
      expect(await timeout(5001, (scope) => ask(scope.signal))).toBe("late");
      expect(time()).toBe(5000);
      expect((await errorOf(timeout(4999, (scope) => ask(scope.signal)))).name).toBe("TimeoutError");
      expect(time()).toBe(9999);
      // The handler sleeps on: nobody has told it.
      await sleep(1);
    }));
});

describe("the wait for the host", () => {
  it("ends after hostTimeout milliseconds, with what it waits for", async () => {
    await using server = await serve(() => {});
    const error = await errorOf(runVirtual(() => fetch(server.url), { hostTimeout: 50 }));
    expect(error).toBeInstanceOf(HostTimeoutError);
    expect((error as HostTimeoutError).code).toBe("ERR_HOST_TIMEOUT");
    expect(error.message.split("\n")).toEqual([
      "The host has had something under way for more than 50 ms, for which virtual time stands still:",
      `  GET ${server.url}/`,
      "Let it end, or set hostTimeout.",
    ]);
  });

  it("is for the code of one run: another one beside it goes on", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const waiting = runVirtual(() => hostWork(promise));
    expect(await runVirtual(() => sleep(1000, "went on"))).toBe("went on");
    resolve("waited");
    expect(await waiting).toBe("waited");
  });
});

describe("hostWork", () => {
  it("returns the very promise", () =>
    runVirtual(async () => {
      const promise = Promise.resolve(1);
      expect(hostWork(promise)).toBe(promise);
      await promise;
    }));

  it("is over when the promise rejects, too", () =>
    runVirtual(async () => {
      expect((await errorOf(hostWork(Promise.reject(new Error("no reply"))))).message).toBe("no reply");
      await sleep(1000);
    }));

  it("outside of a run is refused", () => {
    expect(() => hostWork(Promise.resolve())).toThrow(UsageError);
  });
});
