"""One run of a program: its loop, its variables, its trace.

A program is ``{"seed", "coros"}``; each coroutine is a list of ops, and an op is a list whose first member is its name.
What the ops do stands in ``task_ops.py`` and ``sync_ops.py``.
"""

import gc
import sys

from recorder import sync_ops, task_ops
from recorder.actor import Actor
from recorder.show import show_error, show_outcome, show_value
from recorder.virtual_loop import VirtualLoop

# Longer traces say nothing that shorter ones do not; programs grow exponentially in their number of coroutines.
LONGEST_TRACE = 2000


class Unrecordable(Exception):
    """The program does not belong in a recording: CPython ran out of stack, or the trace grows too long."""


class Run:
    operations = {**task_ops.OPS, **sync_ops.OPS}

    def __init__(self, program):
        self.coroutines = program["coros"]
        self.loop = VirtualLoop()
        self.loop.set_exception_handler(self._take_report)
        self.variables = {}
        self.futures = [self.loop.create_future() for _ in range(3)]
        self.sync = sync_ops.SyncObjects()
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
            actor.log(f"raise {show_error(error)}")
            raise
        value = None if returned is None else returned.value
        actor.log(f"return {show_value(value)}")
        return value

    def known(self, names):
        """The variables of these names, those that are set."""
        return [self.variables[name] for name in names if name in self.variables]

    def record(self):
        """Runs the program to its end and returns what is to be expected. Raises ``Unrecordable``."""
        main = self.loop.create_task(self.coroutine(0))
        self.loop.run_until_idle()
        if self._unrecordable:
            raise Unrecordable(self._unrecordable)
        finals = {name: show_outcome(future) for name, future in sorted(self.variables.items())}
        return {"end": show_outcome(main), "trace": list(self.trace), "finals": finals}

    def ran_out_of_stack(self):
        return self._refuse("CPython's stack was too short")

    def _refuse(self, reason):
        """Stops the run: it is not to be recorded. Returns what to raise."""
        self._unrecordable = reason
        self.loop.stop()
        return Unrecordable(reason)

    def _take_report(self, _loop, context):
        # Reports of errors that nobody looked at belong to no trace. A callback without stack is another matter.
        if isinstance(context.get("exception"), RecursionError):
            self.ran_out_of_stack()


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
