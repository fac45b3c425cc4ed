"""The ops on locks, queues and barriers: what the programs of ``sync`` add."""

import asyncio

from recorder.show import show_error, show_value


class SyncObjects:
    """What such a program works on, made outside any task. A run that uses none of it is none the different."""

    def __init__(self):
        self.locks = [asyncio.Lock(), asyncio.Lock()]
        self.semaphores = [asyncio.Semaphore(1), asyncio.Semaphore(2)]
        self.events = [asyncio.Event(), asyncio.Event()]
        self.conditions = [asyncio.Condition()]
        self.queues = [asyncio.Queue(), asyncio.Queue(1), asyncio.LifoQueue(2), asyncio.PriorityQueue()]
        self.barriers = [asyncio.Barrier(2)]


async def lock(actor, index, ops):
    async with actor.run.sync.locks[index]:
        actor.log("locked")
        returned = await actor.perform(ops)
    actor.log("unlocked")
    return returned


async def sem(actor, index, ops):
    async with actor.run.sync.semaphores[index]:
        actor.log("acquired")
        returned = await actor.perform(ops)
    actor.log("released")
    return returned


async def evwait(actor, index):
    await actor.run.sync.events[index].wait()
    actor.log("event")


async def evset(actor, index):
    actor.run.sync.events[index].set()
    actor.log("evset")


async def evclear(actor, index):
    actor.run.sync.events[index].clear()
    actor.log("evclear")


async def cwait(actor, index):
    async with (condition := actor.run.sync.conditions[index]):
        actor.log("cwait")
        await condition.wait()
        actor.log("cnotified")


async def cnotify(actor, index, count):
    async with (condition := actor.run.sync.conditions[index]):
        condition.notify(count)
        actor.log("cnotify")


async def put(actor, index, value):
    await actor.run.sync.queues[index].put(value)
    actor.log("put")


async def get(actor, index):
    actor.log(f"get {show_value(await actor.run.sync.queues[index].get())}")


async def putnow(actor, index, value):
    try:
        actor.run.sync.queues[index].put_nowait(value)
    except (asyncio.QueueFull, asyncio.QueueShutDown) as error:
        actor.log(f"putnow {show_error(error)}")
    else:
        actor.log("putnow")


async def getnow(actor, index):
    try:
        value = actor.run.sync.queues[index].get_nowait()
    except (asyncio.QueueEmpty, asyncio.QueueShutDown) as error:
        actor.log(f"getnow {show_error(error)}")
    else:
        actor.log(f"getnow {show_value(value)}")


async def taskdone(actor, index):
    try:
        actor.run.sync.queues[index].task_done()
    except ValueError as error:
        actor.log(f"taskdone {show_error(error)}")
    else:
        actor.log("taskdone")


async def join(actor, index):
    await actor.run.sync.queues[index].join()
    actor.log("joined")


async def qshutdown(actor, index, immediate):
    actor.run.sync.queues[index].shutdown(immediate)
    actor.log("qshutdown")


async def barrier(actor, index):
    actor.log(f"barrier {await actor.run.sync.barriers[index].wait()}")


async def babort(actor, index):
    await actor.run.sync.barriers[index].abort()
    actor.log("babort")


async def breset(actor, index):
    await actor.run.sync.barriers[index].reset()
    actor.log("breset")


OPS = {
    op.__name__: op
    for op in (
        (lock, sem, evwait, evset, evclear, cwait, cnotify, put, get, putnow, getnow)
        + (taskdone, join, qshutdown, barrier, babort, breset)
    )
}
