/** Mutations of `@async/sync`: what passes wake-ups on, and what keeps order, one holder and the counts. */
import type { Mutation } from "./mutation.ts";

const explored = (primitive: string, file: string) => ({
  file: `packages/sync/src/${file}.ts`,
  tests: "verification/test/sync.explore.test.ts",
  named: primitive,
});

const waiters = { file: "packages/sync/src/waiters.ts", tests: "packages/sync/test/waiters.test.ts" };
/** What only fills the memory. */
const growth = { tests: "verification/test/waiter-laws.test.ts" };
const lock = explored("Lock", "lock");
const event = explored("Event", "event");
const condition = explored("Condition", "condition");
const semaphore = explored("Semaphore", "semaphore");
const bounded = explored("BoundedSemaphore", "semaphore");
const barrier = explored("Barrier", "barrier");
const queue = explored("Queue", "queue");
const lifo = explored("LifoQueue", "lifo-queue");
const priority = explored("PriorityQueue", "item-heap");
const limiter = explored("CapacityLimiter", "capacity-limiter");
const rate = explored("RateLimiter", "rate-limiter");
const rwLock = explored("RWLock", "rw-lock");

export const syncMutations: readonly Mutation[] = [
  {
    ...waiters,
    what: "a wake-up skips waiters that were cancelled",
    tests: "verification/test/sync.explore.test.ts",
    named: "Semaphore",
    line: "while (this.#firstPending !== null && this.#firstPending.done())",
    instead:
      "while (this.#firstPending !== null && this.#firstPending.done() && !this.#firstPending.cancelled())",
  },
  {
    ...waiters,
    what: "who was cancelled keeps no newcomer waiting",
    line: "while (this.#firstAlive !== null && this.#firstAlive.cancelled())",
    instead: "while (false)",
  },
  {
    ...waiters,
    what: "who leaves is not woken any more",
    line: "if (this.#firstPending === waiter) this.#firstPending = newer;",
  },
  {
    ...waiters,
    what: "who has left keeps no newcomer waiting",
    tests: "verification/test/sync.explore.test.ts",
    named: "Lock",
    line: "if (this.#firstAlive === waiter) this.#firstAlive = newer;",
  },
  {
    ...lock,
    what: "one cancelled when woken passes the wake-up on",
    line: "if (this.#hold === null) this.#waiters.wakeOldest();",
  },
  {
    ...lock,
    what: "a newcomer does not overtake one who was woken",
    line: "if (this.#hold !== null || this.#waiters.anyAlive()) return this.#acquireInTurn(hold);",
    instead: "if (this.#hold !== null) return this.#acquireInTurn(hold);",
  },
  { ...lock, what: "a release wakes the next", line: "this.#waiters.wakeOldest();" },
  { ...lock, what: "who has had its turn leaves the line", line: "this.#waiters.leave(turn);" },
  { ...event, ...growth, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...condition, ...growth, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...semaphore, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...queue, ...growth, what: "a getter leaves the line", line: "this.#getters.leave(turn);" },
  { ...queue, ...growth, what: "a putter leaves the line", line: "this.#putters.leave(turn);" },
  { ...limiter, ...growth, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...rate, ...growth, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...rwLock, ...growth, what: "who has waited leaves the line", line: "this.#waiters.leave(turn);" },
  { ...event, what: "set wakes all who wait", line: "this.#waiters.wakeAll();" },
  {
    ...event,
    what: "set wakes all who wait, not the first one",
    line: "this.#waiters.wakeAll();",
    instead: "this.#waiters.wakeNext();",
  },
  { ...event, what: "after clear, who comes waits", line: "this.#isSet = false;" },
  {
    ...condition,
    what: "one that was notified and comes out with an error passes it on",
    line: "this.#notify(1);",
  },
  { ...condition, what: "wait takes the lock again", line: "await this.#acquireWhateverComes(hold);" },
  {
    ...condition,
    what: "wait takes the lock again, also when cancelled on the way",
    line: "cancellation = error;",
    instead: "throw error;",
  },
  {
    ...condition,
    what: "a cancellation on the way to the lock comes out",
    line: "if (cancellation !== null) throw cancellation;",
  },
  {
    ...condition,
    what: "wait frees the lock",
    line: "this.#lock.release();",
    below: "const turn = this.#waiters.park();",
  },
  {
    ...semaphore,
    what: "one cancelled when woken gives its permit back",
    line: "if (turn.wasWoken()) this.#value += 1;",
  },
  {
    ...semaphore,
    what: "permits that came back meanwhile are handed on",
    line: "while (this.#value > 0 && this.#handOver());",
    instead: "void 0;",
  },
  {
    ...semaphore,
    what: "a permit that is handed over is taken",
    line: "this.#value -= 1;",
    below: "#handOver(): boolean {",
  },
  { ...semaphore, what: "a release wakes the next", line: "this.#handOver();" },
  {
    ...semaphore,
    what: "a newcomer waits behind one who was woken, even if another permit is free",
    tests: "packages/sync/test/semaphore.test.ts",
    line: "return this.#value === 0 || this.#waiters.anyAlive();",
    instead: "return this.#value === 0;",
  },
  {
    ...bounded,
    what: "there are never more permits than at the start",
    line: "if (this.value >= this.#bound && this.#bound !== Infinity)",
    instead: "if (this.value < 0)",
  },
  { ...barrier, what: "newcomers wait outside while a round leaves", line: "await this.#waitOutside();" },
  {
    ...barrier,
    what: "and while it is reset",
    line: 'await this.#changed.waitFor(() => this.#state !== "draining" && this.#state !== "resetting");',
    instead: 'await this.#changed.waitFor(() => this.#state !== "draining");',
  },
  { ...barrier, what: "who gives up does not count any more", line: "this.#leave();" },
  {
    ...barrier,
    what: "the last one to leave lets the next round in",
    line: 'this.#become(isOver ? "filling" : this.#state);',
  },
  { ...barrier, what: "a change of state wakes who waits for it", line: "this.#changed.notifyAll();" },
  {
    ...barrier,
    what: "who waits is sent away by a reset",
    line: 'if (this.#state !== "draining")',
    instead: "if (this.broken)",
  },
  {
    ...queue,
    what: "a getter cancelled when woken passes the wake-up on",
    line: "if (turn.wasWoken() && !this.empty()) this.#getters.wakeNext();",
  },
  {
    ...queue,
    what: "a putter cancelled when woken passes the wake-up on",
    line: "if (turn.wasWoken() && !this.full()) this.#putters.wakeNext();",
  },
  { ...queue, what: "an item wakes a getter", line: "this.#getters.wakeNext();" },
  { ...queue, what: "room wakes a putter", line: "this.#putters.wakeNext();" },
  {
    ...queue,
    what: "a putter that was woken looks again",
    line: "while (this.full() && !this.#isShutDown) {",
    instead: "if (this.full() && !this.#isShutDown) {",
  },
  {
    ...queue,
    what: "a getter that was woken looks again",
    line: "while (this.empty() && !this.#isShutDown) {",
    instead: "if (this.empty() && !this.#isShutDown) {",
  },
  { ...queue, what: "shutdown wakes getters", line: "this.#getters.wakeAll();" },
  { ...queue, what: "shutdown wakes putters", line: "this.#putters.wakeAll();" },
  {
    ...queue,
    what: "the last taskDone wakes join",
    line: "if (this.#unfinished === 0) this.#allDone.set();",
  },
  {
    ...lifo,
    what: "the latest comes first",
    line: "return this.#items.pop() as T;",
    instead: "return this.#items.shift() as T;",
  },
  {
    ...priority,
    what: "of equal items the first to be put in comes first",
    line: "return order < 0 || (order === 0 && a.order < b.order);",
    instead: "return order < 0 || (order === 0 && a.order > b.order);",
  },
  {
    ...limiter,
    what: "one cancelled when woken gives its token back",
    line: "if (turn.wasWoken()) loan.release();",
    instead: "if (turn.wasWoken());",
  },
  {
    ...limiter,
    what: "a borrower that gives up may come again",
    line: "else this.#applicants.delete(loan.borrower);",
  },
  {
    ...limiter,
    what: "a token that comes back goes to the next",
    line: "this.#handOut();",
    below: "releaseOnBehalfOf(borrower: unknown): void {",
  },
  {
    ...limiter,
    what: "more tokens let waiters go on",
    line: "this.#handOut();",
    below: "this.#totalTokens = totalTokens;",
  },
  {
    ...limiter,
    what: "a token that is handed over is lent",
    line: "this.#loans.set(next.request.borrower, next.request);",
  },
  {
    ...rate,
    what: "the place of one cancelled when woken is free again",
    line: "if (turn.wasWoken()) this.#going -= 1;",
  },
  {
    ...rate,
    what: "and goes to the next",
    line: "this.#letGo(loop);",
    below: "if (turn.wasWoken()) this.#going -= 1;",
  },
  { ...rate, what: "who has gone counts", line: "this.#went.push(loop.time());" },
  {
    ...rate,
    what: "a newcomer waits behind those who wait",
    line: "if (this.#waiters.next() === null && this.#used(loop) < this.limit) this.#went.push(loop.time());",
    instead: "if (this.#used(loop) < this.limit) this.#went.push(loop.time());",
  },
  {
    ...rate,
    what: "who is about to go counts",
    line: "return this.#went.size + this.#going;",
    instead: "return this.#went.size;",
  },
  { ...rate, what: "no timer is left behind", line: "this.#timer?.cancel();" },
  {
    ...rate,
    what: "a waiter sets the timer",
    line: "this.#setTimer(loop);",
    below: "const turn = this.#waiters.park();",
  },
  {
    ...rwLock,
    what: "one cancelled when woken gives the lock back",
    line: "if (turn.wasWoken()) this.#giveBack(access);",
    instead: "if (turn.wasWoken());",
  },
  {
    ...rwLock,
    what: "a writer that gives up lets the readers behind it read",
    line: "else this.#handOver();",
  },
  {
    ...rwLock,
    what: "a newcomer waits behind those who wait",
    line: "if (this.#waiters.next() !== null || !this.#isFreeFor(access)) await this.#waitFor(access);",
    instead: "if (!this.#isFreeFor(access)) await this.#waitFor(access);",
  },
  {
    ...rwLock,
    what: "a writer is alone",
    line: 'return !this.#isWriting && (access === "read" || this.#readers === 0);',
    instead: "return !this.#isWriting;",
  },
  { ...rwLock, what: "what is handed over is taken", line: "this.#take(next.request);" },
  {
    ...rwLock,
    what: "a release lets the next go on",
    line: "this.#handOver();",
    below: "else this.#readers -= 1;",
  },
];
