"""The process of a rival written in Python: loads the module with its works, and does one whenever the harness asks.

    python3 serve.py <path of the module> [uvloop]
"""

import asyncio
import importlib.util
import inspect
import json
import platform
import sys
import time


class Meter:
    """The clock of a run. It runs from the call of the work to its end, unless the work sets it."""

    def __init__(self):
        self.started = time.perf_counter_ns()
        self.stopped = None
        self.recorded = None

    def start(self):
        self.started = time.perf_counter_ns()

    def stop(self):
        self.stopped = time.perf_counter_ns()

    def record(self, value):
        self.recorded = value

    def run(self, done):
        ended = time.perf_counter_ns() if self.stopped is None else self.stopped
        value = ended - self.started if self.recorded is None else self.recorded
        return {"done": done, "value": value, "recorded": self.recorded is not None}


def load_works(path):
    spec = importlib.util.spec_from_file_location("works", path)
    module = importlib.util.module_from_spec(spec)
    # Processes of an executor import the functions that they run by the name of this module.
    sys.modules["works"] = module
    spec.loader.exec_module(module)
    return module.WORKS


def answer(message):
    print(json.dumps(message), flush=True)


def main(path, loop=None):
    version = f"CPython {platform.python_version()}"
    loop_factory = None
    if loop == "uvloop":
        import uvloop

        version = f"uvloop {uvloop.__version__} on {version}"
        loop_factory = uvloop.new_event_loop
    works = load_works(path)
    answer({"version": version, "works": list(works)})
    for line in sys.stdin:
        request = json.loads(line)
        work = works[request["work"]]
        meter = Meter()
        done = work(**request["sizes"], meter=meter)
        if inspect.iscoroutine(done):
            with asyncio.Runner(loop_factory=loop_factory) as runner:
                done = runner.run(done)
        answer(meter.run(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
