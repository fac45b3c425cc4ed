import { expect, it } from "vitest";

import { createAndAwait } from "../../src/chapters/create-and-await.ts";
import { story } from "../show.ts";

it("lets the three computations take turns, step by step", async () => {
  expect(await story(createAndAwait, { number: 4, k: 1 })).toEqual([
    "    0 ms  │ │ │      main       3 tasks are created; none has run yet",
    "    0 ms  ● │ │      factorial  1! = 1",
    "    0 ms  │ ● │      fibonacci  F(1) = 1",
    "    0 ms  │ │ ●      binomial   C(4, 0) = 1",
    "   30 ms  ● │ │      factorial  2! = 2",
    "   30 ms  │ ● │      fibonacci  F(2) = 1",
    "   30 ms  │ │ ●      binomial   C(4, 1) = 4",
    "   60 ms  ● │ │      factorial  3! = 6",
    "   60 ms  │ ● │      fibonacci  F(3) = 2",
    "   60 ms  │ │ ✓      binomial   finished: 4",
    "   90 ms  ● │        factorial  4! = 24",
    "   90 ms  │ ●        fibonacci  F(4) = 3",
    "  120 ms  ✓ │        factorial  finished: 24",
    "  120 ms    ✓        fibonacci  finished: 3",
    "  120 ms             main       4! = 24",
    "  120 ms             main       F(4) = 3",
    "  120 ms             main       C(4, 1) = 4",
  ]);
});

it("computes the smallest numbers", async () => {
  expect((await story(createAndAwait, { number: 1, k: 0 })).slice(-3)).toEqual([
    "   30 ms             main       1! = 1",
    "   30 ms             main       F(1) = 1",
    "   30 ms             main       C(1, 0) = 1",
  ]);
});
