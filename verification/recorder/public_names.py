"""Prints every public name of asyncio and concurrent.futures as JSON: the list that docs/python-map.md must cover.

    python3.13 recorder/public_names.py > fixtures/python-names.json

Recorded from the interpreter: what the two `__all__` list, and the members of every class among them, less what a
public base class already has. Attributes that are only set in `__init__` come from the source, for `dir()` of a
class does not show them; so do the names that exist only on Windows. What 3.14 added or removed is listed by hand
below, because 3.13 is what runs here.

The value of a name is the text of the map's column "since": empty when 3.13 and 3.14 both have it.
"""

import ast
import asyncio
import asyncio.staggered
import concurrent.futures
import concurrent.futures.process
import concurrent.futures.thread
import inspect
import json
import pathlib
import sys
import textwrap

# The manual calls the methods of an event loop `loop.call_soon` and those of a server `Server.close`.
CALLED = {
    "asyncio.AbstractEventLoop": "loop",
    "asyncio.AbstractServer": "asyncio.Server",
    "asyncio.BaseEventLoop": "loop",
}

# Documented, though no `__all__` lists them.
OUTSIDE_ALL = {
    "asyncio.staggered.staggered_race": asyncio.staggered.staggered_race,
    "asyncio.subprocess.DEVNULL": asyncio.subprocess.DEVNULL,
    "asyncio.subprocess.PIPE": asyncio.subprocess.PIPE,
    "asyncio.subprocess.STDOUT": asyncio.subprocess.STDOUT,
    "asyncio.subprocess.Process": asyncio.subprocess.Process,
    "concurrent.futures.process.BrokenProcessPool": concurrent.futures.process.BrokenProcessPool,
    "concurrent.futures.thread.BrokenThreadPool": concurrent.futures.thread.BrokenThreadPool,
}

# A Task has these from Future, but they mean something else there.
OVERRIDDEN = ("cancel", "get_loop", "set_exception", "set_result")

NOT_IN_ANY_CLASS = ("PYTHONASYNCIODEBUG", "python -m asyncio")

SINCE_3_14 = (
    "asyncio.FrameCallGraphEntry",
    "asyncio.FrameCallGraphEntry.frame",
    "asyncio.FutureCallGraph",
    "asyncio.FutureCallGraph.awaited_by",
    "asyncio.FutureCallGraph.call_stack",
    "asyncio.FutureCallGraph.future",
    "asyncio.TaskGroup.create_task(eager_start=)",
    "asyncio.capture_call_graph",
    "asyncio.create_task(eager_start=)",
    "asyncio.format_call_graph",
    "asyncio.future_add_to_awaited_by",
    "asyncio.future_discard_from_awaited_by",
    "asyncio.print_call_graph",
    "concurrent.futures.Executor.map(buffersize=)",
    "concurrent.futures.InterpreterPoolExecutor",
    "concurrent.futures.ProcessPoolExecutor.kill_workers",
    "concurrent.futures.ProcessPoolExecutor.terminate_workers",
    "concurrent.futures.ThreadPoolExecutor.BROKEN",
    "concurrent.futures.ThreadPoolExecutor.prepare_context",
    "concurrent.futures.interpreter.BrokenInterpreterPool",
    "loop.create_task(eager_start=)",
    "python -m asyncio ps",
    "python -m asyncio pstree",
)

SINCE_3_15 = ("asyncio.TaskGroup.cancel",)


def removed_in_3_14(name):
    """Whether the name belongs to the child watchers, which 3.14 no longer has."""
    return "ChildWatcher" in name or "child_watcher" in name


def public(names):
    return [name for name in names if not name.startswith("_")]


def attributes_set_on_self(tree):
    """The names in `self.name = ...` anywhere in a class."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


def instance_attributes(cls):
    try:
        source = inspect.getsource(cls)
    except (OSError, TypeError):  # a class written in C
        return set()
    return attributes_set_on_self(ast.parse(textwrap.dedent(source)))


def has(cls, member):
    return member in dir(cls) or member in instance_attributes(cls)


def members(cls, classes):
    """The public members of a class which no other listed class above it has; nothing of what BaseException gives."""
    above = [base for base in cls.__mro__[1:] if base in classes]
    if issubclass(cls, BaseException):
        builtin = next(base for base in cls.__mro__ if base.__module__ == "builtins")
        above.append(builtin)
    own = sorted(set(public(dir(cls))) | set(public(instance_attributes(cls))))
    return [member for member in own if not any(has(base, member) for base in above)]


def windows_names():
    """What asyncio has on Windows only, read from the source: the module cannot be imported elsewhere."""
    source = pathlib.Path(asyncio.__file__).with_name("windows_events.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    names = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for name in names:
        if hasattr(asyncio, name):
            continue
        known = dir(asyncio.AbstractEventLoop) if name.endswith("EventLoop") else ()
        yield f"asyncio.{name}"
        methods = [node.name for node in classes[name].body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        for member in public(methods):
            if member not in known:
                yield f"asyncio.{name}.{member}"


def recorded_names():
    objects = {f"asyncio.{name}": getattr(asyncio, name) for name in asyncio.__all__}
    objects |= {f"concurrent.futures.{name}": getattr(concurrent.futures, name) for name in concurrent.futures.__all__}
    objects |= OUTSIDE_ALL
    classes = {value for value in objects.values() if inspect.isclass(value)}
    for name, value in objects.items():
        yield name
        if inspect.isclass(value):
            for member in members(value, classes):
                yield f"{CALLED.get(name, name)}.{member}"
    for member in OVERRIDDEN:
        yield f"asyncio.Task.{member}"
    yield from windows_names()
    yield from NOT_IN_ANY_CLASS


def main():
    if sys.version_info[:2] != (3, 13) or sys.platform == "win32":
        sys.exit("run this with CPython 3.13 on Linux or macOS: what later versions changed is listed by hand in here")
    since = {name: "until 3.13" if removed_in_3_14(name) else "" for name in recorded_names()}
    since |= dict.fromkeys(SINCE_3_14, "3.14")
    since |= dict.fromkeys(SINCE_3_15, "3.15")
    recording = {"recordedFrom": "CPython 3.13", "names": dict(sorted(since.items()))}
    print(json.dumps(recording, indent=2))


if __name__ == "__main__":
    main()
