/** Line: tasks that wait at a subject, by name, and the order in which they pass. */
import assert from "node:assert/strict";

import { type Task, createTask } from "@async/task";

import { untilBlocked } from "../until-blocked.ts";

/** What the laws are about, in a state in which `wait` blocks: a lock that is held, a queue that is empty. */
export interface WaiterSubject {
  /** Blocks until it is its turn: `lock.acquire()`, `queue.get()`. */
  wait(): PromiseLike<unknown>;
  /** Lets one more pass: `lock.release()`, `queue.putNowait(item)`. It may be async, but takes no turn of the loop when nobody is in its way. */
  wake(): unknown;
  /** How many wait, as its statistics have it. */
  waiting?(): number;
}

/** Makes the subject anew, in the running task. */
export type MakeWaiter = () => WaiterSubject | PromiseLike<WaiterSubject>;

export class Line {
  readonly subject: WaiterSubject;
  /** Who has passed, in that order. */
  readonly passed: string[] = [];
  readonly #tasks = new Map<string, Task>();

  private constructor(subject: WaiterSubject) {
    this.subject = subject;
  }

  /** Resolves when all of those names wait. */
  static async of(make: MakeWaiter, names: readonly string[]): Promise<Line> {
    const line = new Line(await make());
    for (const name of names) line.add(name);
    await untilBlocked();
    return line;
  }

  /** Adds one who begins to wait on the next turn, or at once. */
  add(name: string, { eager = false }: { readonly eager?: boolean } = {}): void {
    const pass = async (): Promise<void> => {
      await this.subject.wait();
      this.passed.push(name);
    };
    this.#tasks.set(name, createTask(pass, { name, eager }));
  }

  task(name: string): Task {
    return this.#tasks.get(name)!;
  }

  /** Lets so many pass, one after another. */
  async wake(times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await this.subject.wake();
      await untilBlocked();
    }
  }

  async cancel(name: string): Promise<void> {
    this.task(name).cancel();
    await untilBlocked();
  }

  /** Returns the names of those who have neither passed nor been cancelled. */
  waiting(): string[] {
    return [...this.#tasks].filter(([, task]) => !task.done()).map(([name]) => name);
  }

  /** Nobody waits any more, and the subject knows that. */
  async dismiss(): Promise<void> {
    for (const name of this.waiting()) this.task(name).cancel();
    await untilBlocked();
    assert.deepEqual(this.waiting(), [], "a cancelled waiter still waits");
    if (this.subject.waiting !== undefined)
      assert.equal(this.subject.waiting(), 0, "waiters are left behind");
  }
}
