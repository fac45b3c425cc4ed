"""The works of timers with asyncio: its own loop, or uvloop's."""

import asyncio
import time

MINUTE = 60


async def set_and_cancel(timers, atATime, meter):
    loop = asyncio.get_running_loop()
    fired = 0

    def callback():
        nonlocal fired
        fired += 1

    handles = [None] * atATime
    for i in range(timers):
        place = i % atATime
        handle = handles[place]
        if handle is not None:
            handle.cancel()
        handles[place] = loop.call_later(MINUTE + place / 1000, callback)
        if place == 0:
            await asyncio.sleep(0)
    for handle in handles:
        handle.cancel()
    return timers - fired


def lengths_of_sleeps(count, longest):
    """The same lengths as in lengths.ts, in seconds."""
    state = 1
    for _ in range(count):
        state = state * 48_271 % 2_147_483_647
        yield state / 2_147_483_647 * longest / 1000


async def sleeps(sleeps, longest, meter):
    slept = await asyncio.gather(*[asyncio.sleep(length, 1) for length in lengths_of_sleeps(sleeps, longest)])
    return sum(slept)


async def lateness(timers, tasks, meter):
    late = []

    async def switcher():
        while len(late) < timers:
            await asyncio.sleep(0)

    async def observer():
        for _ in range(timers):
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(time.perf_counter() - started - 0.001)

    await asyncio.gather(observer(), *[switcher() for _ in range(tasks)])
    meter.record(sorted(late)[int(len(late) * 0.99)] * 1e9)
    return len(late)


WORKS = {"setAndCancel": set_and_cancel, "sleeps": sleeps, "lateness": lateness}
