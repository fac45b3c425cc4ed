/** Mutations of `@async/task`: what cancels and what takes a cancellation back, what waits, and what is left behind. */
import type { Mutation } from "./mutation.ts";

const explored = (primitive: string, file: string) => ({
  file: `packages/task/src/${file}.ts`,
  tests: "verification/test/task.explore.test.ts",
  named: primitive,
});

const group = explored("TaskGroup", "task-group");
const timeout = explored("timeout", "timeout");
const gather = explored("gather", "gather");
const shield = explored("shield", "shield");

export const taskMutations: readonly Mutation[] = [
  {
    ...group,
    what: "a failure cancels the other children",
    line: "cancelEach(this.#tasks, undefined); // Those that are done refuse.",
  },
  {
    ...group,
    what: "a failed child aborts the group",
    line: "this.#abort();",
    below: "if (this.#aborting || this.#scopeCancelled) return false;",
  },
  {
    ...group,
    what: "a failed child interrupts the body",
    line: "this.#cancelScope();",
    below:
      "// Interrupts the body, so that the group can end: `await somethingElse` in it would wait for ever.",
  },
  {
    ...group,
    what: "a body that ends with an error aborts the group",
    line: "if (!this.#aborting) this.#abort();",
    below: "if (thrown.error instanceof InterruptError) this.#interrupt ??= thrown;",
  },
  {
    ...group,
    what: "a cancellation while the children are awaited aborts the group",
    line: "this.#abort();",
    below: "first = last;",
  },
  {
    ...group,
    what: "the block waits for its children",
    line: "const joinCancelled = await this.#join();",
    instead: "const joinCancelled = { first: null, last: null };",
  },
  { ...group, what: "the last child ends the wait", line: "this.#childrenDone.setResult(undefined);" },
  {
    ...group,
    what: "the group takes its own request back",
    line: "this.#scope.uncancel() > this.#requestsBefore ? (cancellation ?? joinCancelled.last) : null;",
    instead: "cancellation ?? joinCancelled.last;",
  },
  {
    ...group,
    what: "a cancellation from outside is not taken for its own",
    line: "this.#scope.uncancel() > this.#requestsBefore ? (cancellation ?? joinCancelled.last) : null;",
    instead: "this.#scope.uncancel() < 0 ? cancellation : null;",
  },
  {
    ...group,
    what: "a cancellation that an error hides comes out at the next await",
    line: "this.#scope.renewRequest();",
  },
  {
    ...group,
    what: "a group that aborts takes no more tasks",
    line: 'if (this.#aborting) throw new UsageError("The task group is shutting down and takes no more tasks");',
  },
  {
    ...timeout,
    what: "the time that is up interrupts the body",
    line: "cancelThrough(this.#scope, undefined);",
  },
  {
    ...timeout,
    what: "the timeout takes its own request back",
    line: "if (this.#scope.uncancel() > this.#requestsBefore) return error;",
  },
  {
    ...timeout,
    what: "a cancellation from outside is not taken for its own",
    line: "if (this.#scope.uncancel() > this.#requestsBefore) return error;",
    instead: "this.#scope.uncancel();",
  },
  {
    ...timeout,
    what: "no timer is left behind",
    line: "this.#timer?.cancel();",
    below: "leave(error: unknown): unknown {",
  },
  {
    ...timeout,
    what: "a new deadline takes the place of the old one",
    line: "this.#timer?.cancel();",
    below: "throw new UsageError(`Cannot reschedule a timeout that is ${this.#state}; start a new one`);",
  },
  {
    ...timeout,
    what: "what the time interrupted ends as TimeoutError",
    line: 'if (cancellation !== null) return new TimeoutError("the time is up", { cause: cancellation });',
  },
  {
    ...gather,
    what: "a cancellation reaches the children",
    line: "return this.done() ? null : this.#children;",
    instead: "return this.done() ? null : [];",
  },
  {
    ...gather,
    what: "a cancellation comes out, also with returnExceptions",
    line: "if (taken) this.#cancelRequested = true;",
  },
  {
    ...gather,
    what: "a failure after the gather has ended is looked at",
    line: "if (!child.cancelled()) child.exception();",
    below: "// Too late for anyone to see: looked at, so that it is not reported.",
  },
  { ...gather, what: "the first failure ends it", line: "this.fail(error);" },
  { ...gather, what: "it waits for all children", line: "if (this.#unfinished > 0) return;" },
  {
    ...shield,
    what: "who gives up leaves nothing with the inner one",
    line: "if (!inner.done()) inner.removeDoneCallback(onInnerDone);",
  },
  {
    ...shield,
    what: "the inner one cancelled cancels it",
    line: "} else if (inner.cancelled()) outer.cancel();",
    instead: "} else if (inner.cancelled());",
  },
  {
    ...shield,
    what: "a cancelled one takes no result",
    line: "if (outer.cancelled()) {",
    instead: "if (false) {",
  },
];
