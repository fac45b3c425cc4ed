/** Two tasks in a scope, in a race with a sleep, which is how Effection bounds the time. */
import { type Operation, all, race, run, scoped, sleep, spawn } from "effection";

await run(function* () {
  const task = yield* spawn(function* () {
    yield* sleep(10);
    return 1;
  });
  const results = yield* race([bothInScope(), tooLate()]);
  yield* task.halt();
  console.log(results);
});

function* bothInScope(): Operation<number[]> {
  return yield* scoped(function* () {
    yield* yield* spawn(() => sleep(1));
    return yield* all([sleepThen(2), sleepThen(3)]);
  });
}

function* sleepThen(value: number): Operation<number> {
  yield* sleep(1);
  return value;
}

function* tooLate(): Operation<never> {
  yield* sleep(100);
  throw new Error("the time is up");
}
