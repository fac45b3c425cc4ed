"""The ops on tasks, futures, timers and scopes: what the programs of ``core``, ``combine`` and ``scopes`` are made of.

Every op is called with the actor whose coroutine runs it. One that names a variable which is not set does nothing. A
block op hands on the ``Returned`` of its body.
"""

import asyncio

from recorder.actor import Returned
from recorder.show import Boom, show_error, show_outcome, show_value


async def log(actor, text):
    actor.log(text)


async def sleep(actor, delay):
    await asyncio.sleep(delay)


async def yield_(actor):
    await asyncio.sleep(0)


async def spawn(actor, index, name):
    actor.run.variables[name] = actor.run.loop.create_task(actor.run.coroutine(index))


async def call(actor, index):
    actor.log(f"called {show_value(await actor.run.coroutine(index))}")


async def await_(actor, name):
    for awaited in actor.run.known([name]):
        if awaited is asyncio.current_task():
            actor.log("self")
        else:
            actor.log(f"got {name} {show_value(await awaited)}")


async def cancel(actor, name, reason):
    for target in actor.run.known([name]):
        taken = target.cancel(reason) if reason else target.cancel()
        actor.log(f"cancel {name} {show_value(taken)}")


async def uncancel(actor):
    actor.log(f"uncancel {asyncio.current_task().uncancel()}")


async def cancelling(actor):
    actor.log(f"cancelling {asyncio.current_task().cancelling()}")


async def state(actor, name):
    for future in actor.run.known([name]):
        actor.log(f"state {name} {show_outcome(future)}")


async def gather(actor, names, return_exceptions):
    values = await asyncio.gather(*actor.run.known(names), return_exceptions=return_exceptions)
    actor.log(f"gathered {show_value(values)}")


async def gathervar(actor, names, return_exceptions, into):
    if children := actor.run.known(names):
        actor.run.variables[into] = asyncio.gather(*children, return_exceptions=return_exceptions)


async def wait(actor, names, timeout, return_when):
    if futures := actor.run.known(names):
        done, pending = await asyncio.wait(futures, timeout=timeout, return_when=return_when)
        # Looked up again: a name that was reassigned meanwhile is in neither set.
        shown = [
            ",".join(sorted(name for name in names if actor.run.variables.get(name) in futures))
            for futures in (done, pending)
        ]
        actor.log(f"waited {shown[0]} | {shown[1]}")


async def waitfor(actor, name, timeout):
    for awaited in actor.run.known([name]):
        if awaited is asyncio.current_task():
            actor.log("self")
        else:
            actor.log(f"waitfor {show_value(await asyncio.wait_for(awaited, timeout))}")


async def waitforcall(actor, index, timeout):
    value = await asyncio.wait_for(actor.run.coroutine(index), timeout)
    actor.log(f"waitfor {show_value(value)}")


async def shield(actor, name):
    for future in actor.run.known([name]):
        actor.log(f"shielded {show_value(await asyncio.shield(future))}")


async def ascompleted(actor, names, timeout):
    if futures := actor.run.known(names):
        for awaitable in asyncio.as_completed(futures, timeout=timeout):
            try:
                shown = show_value(await awaitable)
            except Boom as error:
                shown = show_error(error)
            actor.log(f"completed {shown}")


async def callback(actor, name, label):
    for future in actor.run.known([name]):
        future.add_done_callback(lambda done: actor.log(f"cb {label} {show_outcome(done)}"))


async def soon(actor, text):
    actor.run.loop.call_soon(actor.log, f"soon {text}")


async def later(actor, text, delay):
    actor.run.loop.call_later(delay, actor.log, f"later {text}")


async def cancellater(actor, name, delay):
    for target in actor.run.known([name]):
        actor.run.loop.call_later(
            delay, lambda: actor.log(f"cancellater {name} {show_value(target.cancel())}")
        )


async def timeout(actor, delay, ops):
    async with asyncio.timeout(delay) as scope:
        returned = await actor.perform(ops)
    actor.log(f"timeout-exit {show_value(scope.expired())}")
    return returned


async def group(actor, members, ops):
    async with asyncio.TaskGroup() as tasks:
        for name, index in members:
            actor.run.variables[name] = tasks.create_task(actor.run.coroutine(index))
        returned = await actor.perform(ops)
    actor.log("group-exit")
    return returned


async def try_(actor, ops, catches, handler, cleanup_delay):
    try:
        try:
            return await actor.perform(ops)
        except asyncio.CancelledError as error:
            if "cancelled" not in catches:
                raise
            caught = error
        except Exception as error:
            if "error" not in catches:
                raise
            caught = error
        actor.log(f"caught {show_error(caught)}")
        return await actor.perform(handler)
    except GeneratorExit:
        cleanup_delay = None  # The run is over: nothing is logged or awaited any more.
        raise
    finally:
        if cleanup_delay is not None:
            actor.log("finally")
            if cleanup_delay:
                await asyncio.sleep(cleanup_delay)


async def raise_(actor, text):
    raise Boom(text)


async def return_(actor, value):
    return Returned(value)


async def setresult(actor, index, value):
    try:
        actor.run.futures[index].set_result(value)
    except asyncio.InvalidStateError:
        actor.log("set InvalidState")
    else:
        actor.log("set")


async def setexception(actor, index, text):
    try:
        actor.run.futures[index].set_exception(Boom(text))
    except asyncio.InvalidStateError:
        actor.log("setx InvalidState")
    else:
        actor.log("setx")


async def awaitfut(actor, index):
    actor.log(f"fut {show_value(await actor.run.futures[index])}")


async def shieldfut(actor, index):
    actor.log(f"sfut {show_value(await asyncio.shield(actor.run.futures[index]))}")


# A trailing underscore keeps an op apart from the Python keyword of its name.
OPS = {
    op.__name__.rstrip("_"): op
    for op in (
        (log, sleep, yield_, spawn, call, await_, cancel, uncancel, cancelling, state, gather, gathervar, wait)
        + (waitfor, waitforcall, shield, ascompleted, callback, soon, later, cancellater, timeout, group, try_)
        + (raise_, return_, setresult, setexception, awaitfut, shieldfut)
    )
}
