"""Makes asyncio walk its sets of tasks in insertion order.

``wait``, ``as_completed`` and ``TaskGroup`` keep tasks in sets, and a set of tasks is walked in the order of memory
addresses, which changes from run to run. ``install`` puts an ordered set in their place and changes nothing else.
"""

import ast
import asyncio.taskgroups
import asyncio.tasks
import collections.abc
import inspect


class OrderedSet(collections.abc.MutableSet):
    """A set that is walked in the order in which its members were added."""

    def __init__(self, members=()):
        self._members = dict.fromkeys(members)

    def __contains__(self, member):
        return member in self._members

    def __iter__(self):
        return iter(self._members)

    def __len__(self):
        return len(self._members)

    def add(self, member):
        self._members[member] = None

    def discard(self, member):
        self._members.pop(member, None)

    def clear(self):
        self._members.clear()


class _ComprehensionsCallSet(ast.NodeTransformer):
    """Rewrites ``{x for ...}`` to ``set(x for ...)``, so that it means whatever ``set`` means in its module."""

    def visit_SetComp(self, node):
        self.generic_visit(node)
        elements = ast.GeneratorExp(elt=node.elt, generators=node.generators)
        return ast.Call(func=ast.Name(id="set", ctx=ast.Load()), args=[elements], keywords=[])


def _rebuild(module, name):
    """Defines a class of a module again from its source, with its set comprehensions rewritten."""
    tree = ast.parse(inspect.getsource(getattr(module, name)))
    tree = ast.fix_missing_locations(_ComprehensionsCallSet().visit(tree))
    exec(compile(tree, module.__file__, "exec"), module.__dict__)


def install():
    """For the whole process, from now on."""
    asyncio.tasks.set = OrderedSet  # Shadows the builtin in that module alone.
    asyncio.taskgroups.set = OrderedSet
    _rebuild(asyncio.tasks, "_AsCompletedIterator")
