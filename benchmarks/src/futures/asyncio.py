"""The works of futures with asyncio: its own loop, or uvloop's."""

import asyncio


async def resolved(futures, meter):
    loop = asyncio.get_running_loop()
    total = 0
    for _ in range(futures):
        future = loop.create_future()
        future.set_result(1)
        total += await future
    return total


async def ping_pong(exchanges, meter):
    loop = asyncio.get_running_loop()
    there = loop.create_future()
    back = loop.create_future()
    total = 0

    async def ping():
        nonlocal back, total
        for _ in range(exchanges):
            back = loop.create_future()
            there.set_result(1)
            received = await back
            total += received

    async def pong():
        nonlocal there, total
        for _ in range(exchanges):
            received = await there
            total += received
            there = loop.create_future()
            back.set_result(1)

    await asyncio.gather(ping(), pong())
    return total


async def callbacks(futures, callbacks, meter):
    loop = asyncio.get_running_loop()
    called = 0

    def callback(_):
        nonlocal called
        called += 1

    for _ in range(futures):
        future = loop.create_future()
        for _ in range(callbacks):
            future.add_done_callback(callback)
        future.set_result(1)
        await asyncio.sleep(0)
    return called


WORKS = {"resolved": resolved, "pingPong": ping_pong, "callbacks": callbacks}
