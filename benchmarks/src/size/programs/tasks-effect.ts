/** Two fibers that belong to their parent, under a timeout. */
import { Effect, Fiber } from "effect";

const program = Effect.gen(function* () {
  const fiber = yield* Effect.forkChild(Effect.as(Effect.sleep(10), 1));
  const results = yield* Effect.timeout(
    Effect.awaitAllChildren(
      Effect.gen(function* () {
        yield* Effect.forkChild(Effect.sleep(1));
        return yield* Effect.all([Effect.as(Effect.sleep(1), 2), Effect.as(Effect.sleep(1), 3)], {
          concurrency: "unbounded",
        });
      }),
    ),
    100,
  );
  yield* Fiber.interrupt(fiber);
  console.log(results);
});
await Effect.runPromise(program);
