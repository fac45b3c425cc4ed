"""One run of a program: its loop, its variables, its trace.

A program is ``{"seed", "coros"}``; each coroutine is a list of ops, and an op is a list whose first member is its name.
What the ops do stands in ``task_ops.py`` and ``sync_ops.py``.
"""

import asyncio
import gc
import sys

import recorder.sync_ops
import recorder.task_ops
from recorder.show import Unrecordable, show_error, show_outcome, show_value
from recorder.virtual_loop import VirtualLoop

# Longer traces say nothing that shorter ones do not; programs grow exponentially in their number of coroutines.
LONGEST_TRACE = 2000

OPS = {**recorder.task_ops.OPS, **recorder.sync_ops.OPS}


class Returned:
    """Carries the value of a ``return`` op outwards. It is no exception: a block that is left by it did not throw."""

    def __init__(self, value):
        self.value = value


class Actor:
    """One started coroutine, as its ops see it: who it is in the trace, and the run that it belongs to."""

    def __init__(self, run, name):
        self.run = run
        self.name = name

    def log(self, what):
        self.run.log(self.name, what)

    async def perform(self, ops):
        """Runs ops one after another; the result is None, or the ``Returned`` that ended them."""
        for name, *arguments in ops:
            if (returned := await OPS[name](self, *arguments)) is not None:
                return returned
        return None


class Run:
    def __init__(self, program):
        self.coroutines = program["coros"]
        self.loop = VirtualLoop()
        self.loop.set_exception_handler(self._take_report)
        self.variables = {}
        self.futures = [self.loop.create_future() for _ in range(3)]
        self.sync = recorder.sync_ops.SyncObjects()
        self.trace = []
        self._starts = 0
        self._unrecordable = None

    def log(self, who, what):
        if len(self.trace) >= LONGEST_TRACE:
            raise self._refuse(f"more than {LONGEST_TRACE} trace entries")
        self.trace.append([self.loop.time(), who, what])

    async def coroutine(self, index):
        """Coroutine ``index`` of the program. It gets its number when it starts: one cancelled before that has none."""
        actor = Actor(self, f"c{index}#{self._starts}")
        self._starts += 1
        actor.log("start")
        try:
            returned = await actor.perform(self.coroutines[index])
        except GeneratorExit:
            raise  # The run is over and Python throws the waiting coroutines away.
        except BaseException as error:
            actor.log(f"raise {self.show_error(error)}")
            raise
        value = None if returned is None else returned.value
        actor.log(f"return {show_value(value)}")
        return value

    def known(self, names):
        """The variables of these names, those that are set."""
        return [self.variables[name] for name in names if name in self.variables]

    def show_error(self, error):
        try:
            return show_error(error)
        except Unrecordable as reason:
            raise self._refuse(str(reason)) from error

    def record(self):
        """Runs the program to its end and returns what is to be expected. Raises ``Unrecordable``."""
        main = self.loop.create_task(self.coroutine(0))
        self.loop.run_until_idle()
        if self._unrecordable:
            raise Unrecordable(self._unrecordable)
        finals = {name: show_outcome(future) for name, future in sorted(self.variables.items())}
        return {"end": show_outcome(main), "trace": list(self.trace), "finals": finals}

    def _refuse(self, reason):
        self._unrecordable = reason
        self.loop.stop()
        return Unrecordable(reason)

    def _take_report(self, _loop, context):
        # Reports of errors that nobody looked at belong to no trace. A callback without stack is another matter.
        if isinstance(context.get("exception"), RecursionError):
            self._refuse("CPython's stack was too short")


def record(program):
    """What CPython does with a program, as the ``expect`` of a fixture. Raises ``Unrecordable``."""
    # The loop holds tasks weakly: a collection in the middle of a run could take one away that still waits.
    gc.disable()
    try:
        return Run(program).record()
    finally:
        _throw_away_what_waits()
        gc.enable()


def _throw_away_what_waits():
    """Closes the coroutines that still wait. One that awaits in its clean-up complains that it cannot: let it."""
    complain, sys.unraisablehook = sys.unraisablehook, lambda _: None
    gc.collect()
    sys.unraisablehook = complain
