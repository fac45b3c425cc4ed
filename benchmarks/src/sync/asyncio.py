"""The works of synchronisation with asyncio: its own loop, or uvloop's."""

import asyncio


class Crowd:
    """Counts who is in a place that has room for so many, and how often somebody came."""

    __slots__ = ("room", "inside", "visits")

    def __init__(self, room):
        self.room = room
        self.inside = 0
        self.visits = 0

    def enter(self):
        self.inside += 1
        if self.inside > self.room:
            raise RuntimeError(f"{self.inside} at a time where {self.room} may be")

    def leave(self):
        self.inside -= 1
        self.visits += 1


async def lock(times, meter):
    lock = asyncio.Lock()
    crowd = Crowd(1)
    for _ in range(times):
        await lock.acquire()
        crowd.enter()
        crowd.leave()
        lock.release()
    return crowd.visits


async def contended_lock(tasks, times, meter):
    return await visit(asyncio.Lock(), 1, tasks, times)


async def semaphore(places, tasks, times, meter):
    return await visit(asyncio.Semaphore(places), places, tasks, times)


async def visit(lock, places, tasks, times):
    crowd = Crowd(places)

    async def visitor():
        for _ in range(times):
            await lock.acquire()
            crowd.enter()
            await asyncio.sleep(0)
            crowd.leave()
            lock.release()

    await asyncio.gather(*[visitor() for _ in range(tasks)])
    return crowd.visits


async def pass_on(items, room, meter):
    queue = asyncio.Queue(room)
    total = 0

    async def producer():
        for _ in range(items):
            await queue.put(1)

    async def consumer():
        nonlocal total
        for _ in range(items):
            item = await queue.get()
            total += item

    await asyncio.gather(producer(), consumer())
    return total


def random_numbers(count):
    """The same numbers as in random-numbers.ts."""
    state = 1
    for _ in range(count):
        state = state * 48_271 % 2_147_483_647
        yield state


async def priority_queue(items, meter):
    numbers = list(random_numbers(items))
    queue = asyncio.PriorityQueue()
    got = []
    meter.start()
    for number in numbers:
        await queue.put(number)
    for _ in range(items):
        got.append(await queue.get())
    meter.stop()
    return sum(index == 0 or got[index - 1] <= number for index, number in enumerate(got))


async def bounded(things, atATime, meter):
    semaphore = asyncio.Semaphore(atATime)
    crowd = Crowd(atATime)

    async def thing():
        async with semaphore:
            crowd.enter()
            await asyncio.sleep(0)
            crowd.leave()

    await asyncio.gather(*[thing() for _ in range(things)])
    return crowd.visits


WORKS = {
    "lock": lock,
    "contendedLock": contended_lock,
    "semaphore": semaphore,
    "handOver": pass_on,
    "queue": pass_on,
    "priorityQueue": priority_queue,
    "bounded": bounded,
}
