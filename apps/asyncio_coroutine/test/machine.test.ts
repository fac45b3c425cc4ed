/** runMachine: the order of states, and what they hand over. */
import { expect, it } from "vitest";

import { type State, runMachine } from "../src/machine.ts";

const countDown: State<number[]> = async (seen, because) => {
  seen.push(Number(because));
  return seen.at(-1) === 0 ? null : { next: countDown, because: String(seen.at(-1)! - 1) };
};
const begin: State<number[]> = async (seen, because) => {
  expect(because).toBe("start");
  return { next: countDown, because: String(seen.length + 3) };
};

it("calls one state after another, each with what the one before handed over", async () => {
  const seen: number[] = [];
  const told: string[] = [];
  await runMachine(begin, seen, (from, { next, because }) =>
    told.push(`${from?.name ?? "nothing"} ${because} ${next.name}`),
  );
  expect(seen).toEqual([3, 2, 1, 0]);
  expect(told).toEqual([
    "nothing start begin",
    "begin 3 countDown",
    "countDown 2 countDown",
    "countDown 1 countDown",
    "countDown 0 countDown",
  ]);
});

it("walks a path of 100,000 states without growing", async () => {
  const steps = { left: 100_000 };
  const walk: State<typeof steps> = async (desk) => {
    desk.left -= 1;
    return desk.left === 0 ? null : { next: walk, because: "" };
  };
  await runMachine(walk, steps, () => undefined);
  expect(steps.left).toBe(0);
});

it("ends with the error of a state", async () => {
  const broken: State<null> = async () => {
    throw new Error("a valve is stuck");
  };
  await expect(runMachine(broken, null, () => undefined)).rejects.toThrow("a valve is stuck");
});
