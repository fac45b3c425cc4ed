import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as hostSleep } from "node:timers/promises";
import { Future, CancelledError } from "@async/futures";
import { EventLoop, VirtualClock } from "@async/loop";
import { run, createTask, sleep, gather, timeout, wait, TaskGroup, shield, waitFor, staggeredRace, asCompleted, Task, ExceptionGroup } from "../src/index.ts";
const v = (main: any) => run(main, { loop: new EventLoop({ clock: new VirtualClock() }) });
process.on("warning", (w) => console.log("WARNING", w.name, w.message));
const probe = async (name: string, fn: () => Promise<unknown>) => {
  try { console.log(name, "=>", await fn()); } catch (e) { console.log(name, "!!", e); }
};
await probe("any-signal cleanup", () => run(async () => {
  const log: unknown[] = [];
  const task = createTask(async ({ signal }) => {
    try { await hostSleep(60_000, null, { signal: AbortSignal.any([signal, AbortSignal.timeout(50_000)]) }); }
    finally { log.push("cleanup"); await sleep(1); log.push("done"); }
  });
  await sleep(0); task.cancel("why");
  await task.catch((e) => log.push(e));
  return [log, task.cancelled()];
}));
await probe("Promise.all([future])", () => v(async () => {
  const f = new Future(); const task = createTask(() => Promise.all([f])); await sleep(0); task.cancel(); await task.catch(() => {}); return [f.cancelled(), task.cancelled()];
}));
await probe("Promise.race", () => v(async () => {
  const f = new Future(), g = new Future(); const task = createTask(() => Promise.race([f, g])); await sleep(0); f.setResult(1); const r = await task; return [r, g.done()];
}));
await probe("many runs", () => Promise.all(Array.from({ length: 20 }, () => v(() => sleep(1)))).then(() => "ok"));
await probe("many real runs", () => Promise.all(Array.from({ length: 20 }, () => run(() => sleep(1)))).then(() => "ok"));
await probe("group in callback-less promise", () => v(async () => {
  const r = await TaskGroup.run(async (g) => { g.createTask(async () => { throw new Error("x"); }); await Promise.resolve(); return 1; }).catch((e) => e.errors);
  return r;
}));
await probe("shared future in one task twice", () => v(async () => {
  const f = new Future(); const t = createTask(async () => Promise.allSettled([(async () => await f)(), (async () => await f)()])); await sleep(0); t.cancel(); return await t;
}));
await probe("virtual + host", () => v(async () => { await hostSleep(5); return 1; }));
await probe("async gen", () => v(async () => {
  const log: string[] = [];
  async function* gen() { try { for (let i = 0; ; i++) { await sleep(10); yield i; } } finally { await sleep(5); log.push("gen closed"); } }
  const t = createTask(async () => { for await (const x of gen()) log.push(String(x)); });
  await sleep(25); t.cancel(); await t.catch(() => {}); return log;
}));
await probe("empty group", async () => new ExceptionGroup("x", []).message);
await probe("cancel during timeouts exit", () => v(async () => {
  const t = createTask(async () => { await timeout(10, () => sleep(5)); await sleep(100); });
  await sleep(5); t.cancel(); await t.catch(() => {}); return t.cancelled();
}));
await probe("timeout with returned rejected future", () => v(async () => {
  const f = new Future(); f.setException(new Error("e"));
  return timeout(10, () => f).catch((e) => e.message);
}));
await probe("thenable body result thunk", () => v(async () => createTask(() => ({ then(r: any) { r(5); } }) as any)));
await probe("sleep string", () => v(async () => sleep("5" as any)));
await probe("wait timeout infinity", () => v(async () => { const t = createTask(() => sleep(5)); return wait([t], { timeout: Infinity }).then((r) => r.done.size); }));
await probe("timeout infinity", () => v(async () => timeout(Infinity, () => sleep(5, "x"))));
await probe("reason kept timeouts", () => v(async () => { const t = createTask(() => timeout(100, () => gather([() => sleep(10)]))); await sleep(0); t.cancel("r"); return t.catch((e) => [e.reason, t.cancelReason]); }));
await probe("reason kept group", () => v(async () => { const t = createTask(() => TaskGroup.run((g) => { g.createTask(() => sleep(100)); })); await sleep(0); t.cancel("r"); return t.catch((e) => [e.reason, t.cancelReason]); }));
await probe("throw CancelledError subclass/own", () => v(async () => { const t = createTask(async () => { throw new CancelledError("own"); }); return t.catch((e) => [e.reason, t.cancelled()]); }));
await probe("frozen error", () => v(async () => { const t = createTask(async () => { try { await sleep(10); } catch { throw Object.freeze(new Error("frozen")); } }); await sleep(0); t.cancel(); return t.catch((e) => e.message); }));
await probe("throw non-error", () => v(async () => { const t = createTask(async () => { throw "text"; }); return t.catch((e) => e); }));
await probe("group throw null", () => v(async () => TaskGroup.run(async (g) => { g.createTask(async () => { throw null; }); await sleep(5); }).catch((e) => [e.name, e.errors])));
await probe("timeout body throw undefined", () => v(async () => timeout(5, async () => { throw undefined; }).catch((e) => ["caught", e])));
await probe("timeout body throw null after expiry", () => v(async () => timeout(5, async () => { await sleep(10).catch(() => {}); throw null; }).catch((e) => ["caught", e])));
await probe("waitFor on self", () => v(async (t: Task) => waitFor(t, 5)));
await probe("gather self", () => v(async (t: Task) => gather([t])));
