"""The works of pools with Python's concurrent.futures: ThreadPoolExecutor, and ProcessPoolExecutor where the work says so.

Calls that compute are given to processes too: Python's threads take turns, and would show nothing but that.
"""

import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait

WORKERS = 2
WARM_UP = 200
CHUNK = 100


def echo(value):
    return value


def spin(microseconds):
    end = time.perf_counter_ns() + microseconds * 1000
    while time.perf_counter_ns() < end:
        pass
    return 1


def threads():
    return ThreadPoolExecutor(WORKERS)


def processes():
    # A forked worker knows the functions of this module already.
    return ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork"))


def on_pool(pool, meter, work):
    with pool:
        call_at_once(pool, echo, 1, WARM_UP)
        call_at_once(pool, spin, 1, WARM_UP)
        meter.start()
        done = work(pool)
        meter.stop()
        return done


def call_at_once(pool, function, argument, calls):
    futures = [pool.submit(function, argument) for _ in range(calls)]
    wait(futures)
    return sum(future.result() for future in futures)


def burst(calls, meter):
    return on_pool(threads(), meter, lambda pool: call_at_once(pool, echo, 1, calls))


def in_flight(calls, underWay, meter):
    def work(pool):
        answered = 0
        left = calls
        pending = set()
        while left or pending:
            while left and len(pending) < underWay:
                pending.add(pool.submit(echo, 1))
                left -= 1
            done, pending = wait(pending, return_when="FIRST_COMPLETED")
            answered += sum(future.result() for future in done)
        return answered

    return on_pool(threads(), meter, work)


def spin_at_once(calls, microseconds, meter):
    return on_pool(processes(), meter, lambda pool: call_at_once(pool, spin, microseconds, calls))


def map_chunks(items, meter):
    return on_pool(processes(), meter, lambda pool: sum(pool.map(echo, [1] * items, chunksize=CHUNK)))


def in_processes(calls, meter):
    return on_pool(processes(), meter, lambda pool: call_at_once(pool, echo, 1, calls))


def round_trip(calls, meter):
    def work(pool):
        times = []
        for _ in range(calls):
            started = time.perf_counter_ns()
            pool.submit(echo, 1).result()
            times.append(time.perf_counter_ns() - started)
        meter.record(statistics.median(times))
        return len(times)

    return on_pool(threads(), meter, work)


def cold_start(meter):
    meter.start()
    with threads() as pool:
        answer = pool.submit(echo, 1).result()
        meter.stop()
    return answer


def held_up(calls, microseconds, long, meter):
    def work(pool):
        ended = {}

        def note(name):
            return lambda _: ended.setdefault(name, time.perf_counter_ns())

        half = calls // 2
        for i in range(calls):
            if i == half:
                pool.submit(spin, long).add_done_callback(note("long"))
            pool.submit(spin, microseconds).add_done_callback(note(i))
        pool.shutdown()
        long_ended = ended.pop("long")
        meter.record(sum(moment > long_ended for moment in ended.values()))
        return len(ended)

    return on_pool(processes(), meter, work)


WORKS = {
    "burst": burst,
    "flood": burst,
    "inFlight": in_flight,
    "spin10": spin_at_once,
    "spin100": spin_at_once,
    "spin1000": spin_at_once,
    "map": map_chunks,
    "processes": in_processes,
    "roundTrip": round_trip,
    "coldStart": cold_start,
    "heldUp": held_up,
}
