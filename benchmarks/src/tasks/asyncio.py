"""The works of tasks with asyncio: its own loop, or uvloop's."""

import asyncio
import contextvars
import sys

HOUR = 3600
user = contextvars.ContextVar("user")


async def switch(tasks, turns, meter):
    return await switch_tasks(tasks, turns)


async def switch_in_context(tasks, turns, meter):
    user.set("user")
    return await switch_tasks(tasks, turns)


async def switch_one(turns, meter):
    return await switch_tasks(1, turns)


async def switch_tasks(tasks, turns):
    switches = 0

    async def body():
        nonlocal switches
        for _ in range(turns):
            await asyncio.sleep(0)
            switches += 1

    await asyncio.gather(*[body() for _ in range(tasks)])
    return switches


async def create(tasks, meter):
    ended = 0

    async def body():
        nonlocal ended
        ended += 1

    for _ in range(tasks):
        await asyncio.create_task(body())
    return ended


async def eager(tasks, meter):
    ended = 0
    loop = asyncio.get_running_loop()

    async def body():
        nonlocal ended
        ended += 1

    for _ in range(tasks):
        await asyncio.Task(body(), loop=loop, eager_start=True)
    return ended


async def gather(tasks, meter):
    ended = 0

    async def body():
        nonlocal ended
        ended += 1

    await asyncio.gather(*[body() for _ in range(tasks)])
    return ended


async def group(groups, tasks, meter):
    ended = 0

    async def body():
        nonlocal ended
        ended += 1

    for _ in range(groups):
        async with asyncio.TaskGroup() as task_group:
            for _ in range(tasks):
                task_group.create_task(body())
    return ended


async def cancel(tasks, meter):
    sleeping = [asyncio.create_task(asyncio.sleep(HOUR)) for _ in range(tasks)]
    await asyncio.sleep(0)
    meter.start()
    for task in sleeping:
        task.cancel()
    outcomes = await asyncio.gather(*sleeping, return_exceptions=True)
    meter.stop()
    return sum(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)


async def chain(chains, depth, meter):
    async def descend(left):
        if left > 1:
            return await descend(left - 1) + 1
        await asyncio.sleep(0)
        return 1

    awaits = 0
    for _ in range(chains):
        awaits += await descend(depth)
    return awaits


WORKS = {
    "switch": switch,
    "switchInContext": switch_in_context,
    "switchOne": switch_one,
    "create": create,
    "gather": gather,
    "group": group,
    "cancel": cancel,
    "chain": chain,
}
if sys.version_info >= (3, 12):
    WORKS["eager"] = eager
