/** feedText: what counts as a key, and how reading ends. */
import { PassThrough, Readable } from "node:stream";

import { expect, it } from "vitest";

import { createTask, run, sleep } from "@async/task";

import { feedText } from "../../src/input/feed-text.ts";
import { Inbox } from "../../src/input/inbox.ts";

async function keysOf(stream: Readable): Promise<string> {
  return run(async () => {
    const inbox = new Inbox();
    void createTask(({ signal }) => feedText(stream, inbox, signal));
    let keys = "";
    for (let key = await inbox.next(); key !== null; key = await inbox.next()) keys += key;
    return keys;
  });
}

it("takes every character but white space and comments", async () => {
  expect(await keysOf(Readable.from(["f g # fill, go\n", "\t.h\r\n#end"]))).toBe("fg.h");
});

it("knows a comment, and a character, that is cut in two by the stream", async () => {
  const arrow = Buffer.from("→");
  const parts = [Buffer.from("a#b"), Buffer.from("c\nd"), arrow.subarray(0, 1), arrow.subarray(1)];
  expect(await keysOf(Readable.from(parts, { objectMode: false }))).toBe("ad→");
});

it("reads on only when the keys are taken", () =>
  run(async () => {
    const stream = new PassThrough();
    const inbox = new Inbox();
    const feeding = createTask(({ signal }) => feedText(stream, inbox, signal));
    stream.write("a");
    await inbox.hasInput();
    stream.end("b");
    for (let turn = 0; turn < 50; turn += 1) await sleep(0);
    expect(feeding.done()).toBe(false);
    expect(await inbox.next()).toBe("a");
    expect(await inbox.next()).toBe("b");
    await feeding;
  }));

it("lets go of the stream when it is cancelled", () =>
  run(async () => {
    const stream = new PassThrough();
    const feeding = createTask(({ signal }) => feedText(stream, new Inbox(), signal));
    await sleep(0);
    feeding.cancel();
    await expect(feeding).rejects.toThrow("cancelled");
    expect(feeding.cancelled()).toBe(true);
    expect(stream.destroyed).toBe(true);
  }));
