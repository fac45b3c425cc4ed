"""How errors, values and outcomes look in a trace. Its twin in TypeScript is ``src/show.ts``."""

import asyncio


class Boom(Exception):
    """What a program raises by itself."""


# The first class that fits decides: BrokenBarrierError is a RuntimeError too.
_ERROR_NAMES = {
    TimeoutError: "Timeout",
    asyncio.InvalidStateError: "InvalidState",
    asyncio.QueueFull: "QueueFull",
    asyncio.QueueEmpty: "QueueEmpty",
    asyncio.QueueShutDown: "QueueShutDown",
    asyncio.BrokenBarrierError: "BrokenBarrier",
    RuntimeError: "Usage",
    ValueError: "Usage",
}


def show_error(error):
    match error:
        case Boom():
            return f"Boom:{error.args[0]}"
        case asyncio.CancelledError():
            # An empty reason is none: gather fills in "" where there was none.
            reason = error.args[0] if error.args else None
            return f"Cancelled:{reason}" if reason else "Cancelled"
        case BaseExceptionGroup():
            return f"Group[{','.join(map(show_error, error.exceptions))}]"
    for known, name in _ERROR_NAMES.items():
        if isinstance(error, known):
            return name
    return f"{type(error).__name__}:{error}"


def show_value(value):
    match value:
        case None:
            return "nil"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return f"[{','.join(map(show_value, value))}]"
        case BaseException():
            return show_error(value)
    return str(value)


def show_outcome(future):
    if not future.done():
        return "pending"
    if future.cancelled():
        return "cancelled"
    if (error := future.exception()) is not None:
        return show_error(error)
    return f"ok:{show_value(future.result())}"
