"""Measures the hot paths of asyncio's tasks once, and prints nanoseconds per operation as JSON. The same work as tasks.ts."""

import asyncio
import json
import time

TASKS = 100
SLEEPS = 10_000
CREATED = 200_000

switches = 0
finished = 0


async def sleeper() -> None:
    global switches
    for _ in range(SLEEPS):
        await asyncio.sleep(0)
        switches += 1


async def empty() -> None:
    global finished
    finished += 1


async def create_and_await() -> None:
    for _ in range(CREATED):
        await asyncio.create_task(empty())


async def gather_sleepers() -> None:
    await asyncio.gather(*(sleeper() for _ in range(TASKS)))


async def gather_empty() -> None:
    await asyncio.gather(*(empty() for _ in range(CREATED)))


async def nanoseconds_per(operations: int, work) -> float:
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1e9 / operations


async def main() -> None:
    result = {
        "switch": await nanoseconds_per(TASKS * SLEEPS, gather_sleepers),
        "create": await nanoseconds_per(CREATED, create_and_await),
        "gather": await nanoseconds_per(CREATED, gather_empty),
    }
    assert switches == TASKS * SLEEPS and finished == 2 * CREATED, "the work was not done"
    print(json.dumps(result))


asyncio.run(main())
