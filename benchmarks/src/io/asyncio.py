"""The works of I/O with asyncio's streams: its own loop, or uvloop's.

Python has no HTTP client of its own that is asynchronous, so requests are written and answers read by hand, on connections that are kept: this
is less work than a full client does, to asyncio's advantage.
"""

import asyncio
import os
import time

HERE = os.path.dirname(__file__)
# The Node that is measured: the harness names it.
NODE = os.environ["NODE"]
REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def requests(requests, atATime, meter):
    return await send(requests, atATime, meter)


async def requests_lag(requests, atATime, meter):
    lag = Lag()
    answered = await send(requests, atATime, lag)
    meter.record(lag.percentile())
    return answered


async def served(requests, tasks, meter):
    latency, _ = await serve(requests, tasks)
    meter.record(latency)
    return requests


async def served_lag(requests, tasks, meter):
    _, lag = await serve(requests, tasks)
    meter.record(lag)
    return requests


async def send(requests, atATime, clock):
    server = await asyncio.create_subprocess_exec(
        NODE, os.path.join(HERE, "server.ts"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    port = int(await server.stdout.readline())
    semaphore = asyncio.Semaphore(atATime)
    idle = []

    async def request():
        async with semaphore:
            reader, writer = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
            answer = await get(reader, writer)
            idle.append((reader, writer))
            return answer == b"ok"

    clock.start()
    answers = await asyncio.gather(*[request() for _ in range(requests)])
    clock.stop()
    for _, writer in idle:
        writer.close()
    server.stdin.close()
    await server.wait()
    return sum(answers)


async def get(reader, writer):
    writer.write(REQUEST)
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return await reader.readexactly(int(line.split(b":")[1]))
    # Node answers in chunks when the length is not given.
    size = int(await reader.readuntil(b"\r\n"), 16)
    body = await reader.readexactly(size)
    await reader.readuntil(b"0\r\n\r\n")
    return body


async def serve(requests, tasks):
    async def answer(reader, writer):
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(ANSWER)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    serving = True

    async def switcher():
        while serving:
            await asyncio.sleep(0)

    switchers = asyncio.gather(*[switcher() for _ in range(tasks)])
    lag = Lag()
    lag.start()
    client = await asyncio.create_subprocess_exec(
        NODE, os.path.join(HERE, "client.ts"), str(port), str(requests), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await client.communicate()
    lag.stop()
    serving = False
    await switchers
    server.close()
    return float(output) * 1e6, lag.percentile()


class Lag:
    """By how much a timer of a millisecond was late, while it is watched."""

    def start(self):
        self.late = []
        self.watching = asyncio.create_task(self.watch())

    async def watch(self):
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            self.late.append(time.perf_counter() - started - 0.001)

    def stop(self):
        self.watching.cancel()

    def percentile(self):
        """Returns nanoseconds, the 99th percentile."""
        return sorted(self.late)[int(len(self.late) * 0.99)] * 1e9


WORKS = {"requests": requests, "requestsLag": requests_lag, "served": served, "servedLag": served_lag}
