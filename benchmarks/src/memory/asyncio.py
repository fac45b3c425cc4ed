"""The works of memory with asyncio."""

import asyncio
import gc
import os
import resource
import tracemalloc

HOUR = 3600
WARM_UP = 10_000


def resident_memory():
    gc.collect()
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        # Elsewhere than on Linux, the most that it ever was; macOS counts bytes.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def sleeping(tasks, meter):
    await asyncio.gather(*[asyncio.sleep(0) for _ in range(tasks)])
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    sleeping = [asyncio.create_task(asyncio.sleep(HOUR)) for _ in range(tasks)]
    await asyncio.sleep(0)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    meter.record((after - before) / tasks)
    cancelled = sum(task.cancel() for task in sleeping)
    await asyncio.gather(*sleeping, return_exceptions=True)
    return cancelled


async def after_tasks(tasks, meter):
    ended = 0

    async def body():
        nonlocal ended
        ended += 1

    for _ in range(WARM_UP):
        await asyncio.create_task(body())
    before = resident_memory()
    for _ in range(tasks):
        await asyncio.create_task(body())
    meter.record(resident_memory() - before)
    return ended - WARM_UP


async def after_timers(each, meter):
    loop = asyncio.get_running_loop()
    ended = 0

    async def set_both(times):
        nonlocal ended
        for i in range(times):
            loop.call_later(HOUR, print).cancel()
            async with asyncio.timeout(HOUR):
                ended += 1
            # Nothing here has waited: cancelled timers are thrown away in a turn of the loop.
            if i % 1000 == 0:
                await asyncio.sleep(0)

    await set_both(WARM_UP)
    before = resident_memory()
    await set_both(each)
    meter.record(resident_memory() - before)
    return 2 * (ended - WARM_UP)


WORKS = {"sleeping": sleeping, "afterTasks": after_tasks, "afterTimers": after_timers}
