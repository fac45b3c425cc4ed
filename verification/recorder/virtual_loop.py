"""An event loop whose clock only moves when nothing is ready.

Its unit is the millisecond, counted in whole numbers, so that equal deadlines are exactly equal: ``asyncio.sleep(5)``
takes five of them here. Timers with equal deadlines fire in the order set; the heap of a bare CPython leaves that open.
"""

import asyncio
import heapq
import itertools


class OrderedTimerHandle(asyncio.TimerHandle):
    """A timer that comes after every earlier one with the same deadline."""

    __slots__ = ("_number",)

    def __init__(self, number, when, callback, args, loop, context):
        super().__init__(when, callback, args, loop, context)
        self._number = number

    def __lt__(self, other):
        return (self._when, self._number) < (other._when, other._number)


class VirtualSelector:
    """Stands where a loop waits for I/O: there is none, so instead of sleeping it moves the clock."""

    def __init__(self):
        self.now = 0
        self.idle = False

    def select(self, timeout):
        """``timeout`` is 0 when a handle is ready, else the time to the next timer, None when there is none."""
        if timeout is None:
            self.idle = True
        else:
            self.now += timeout
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs what is scheduled on it until nothing is left; the rest of ``BaseEventLoop`` is as CPython has it."""

    def __init__(self):
        super().__init__()
        self._selector = VirtualSelector()
        # A timer is due when its deadline lies before now + resolution; deadlines are whole numbers.
        self._clock_resolution = 0.5
        self._timer_numbers = itertools.count()

    def time(self):
        return self._selector.now

    def call_at(self, when, callback, *args, context=None):
        timer = OrderedTimerHandle(next(self._timer_numbers), when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def run_until_idle(self):
        """Returns when no handle is ready and no timer is left, or after ``stop()``; tasks may still be waiting."""
        self._selector.idle = False
        self.run_forever()

    def _process_events(self, event_list):
        # Called once an iteration, right after the selector: the place where it can stop an idle loop.
        if self._selector.idle:
            self.stop()

    def _write_to_self(self):
        # Wakes a selector that sleeps in another thread. This one never sleeps.
        pass
