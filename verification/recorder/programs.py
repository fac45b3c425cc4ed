"""Makes random programs. One seed and kind always give the same program.

The kinds are those of the recorded files (``core``, ``combine``, ``scopes``, ``sync``, ``all``), and two with a taste for
what is hard: programs that go on after an error, cancelling from everywhere. ``deep`` nests scopes within scopes, up to
six deep; in ``crowded`` many tasks want the same locks and queues.
"""

import random
from dataclasses import dataclass

CORE = {
    **{"log": 2, "sleep": 8, "yield": 4, "spawn": 7, "call": 3, "await": 7, "cancel": 6, "state": 2, "gather": 4},
    **{"callback": 3, "soon": 2, "later": 2, "try": 7, "raise": 1, "return": 1},
}
COMBINE = {
    **CORE,
    **{"uncancel": 2, "cancelling": 2, "gathervar": 2, "wait": 4, "waitfor": 4, "waitforcall": 3, "shield": 3},
    **{"ascompleted": 3, "cancellater": 3, "setresult": 3, "setexception": 3, "awaitfut": 3, "shieldfut": 3},
}
SCOPES = {**COMBINE, "timeout": 6, "group": 5}
SYNC_ONLY = {
    **{"lock": 4, "sem": 4, "evwait": 3, "evset": 3, "evclear": 2, "cwait": 3, "cnotify": 3, "put": 3, "get": 3},
    **{"putnow": 3, "getnow": 3, "taskdone": 2, "join": 2, "qshutdown": 1, "barrier": 3, "babort": 1, "breset": 1},
}
DEEP = {
    **SCOPES,
    **{"try": 12, "timeout": 12, "group": 10, "cancel": 9, "cancellater": 5, "uncancel": 4, "gathervar": 4},
    **{"waitforcall": 5, "shield": 5, "raise": 2},
}
CROWDED = {
    **SCOPES,
    **{name: 3 * weight for name, weight in SYNC_ONLY.items()},
    **{"spawn": 12, "cancel": 12, "cancellater": 6, "timeout": 8, "yield": 8, "qshutdown": 1, "babort": 1},
}


@dataclass(frozen=True)
class Kind:
    """How often each op comes, how deep blocks nest, and how many coroutines and first ops a program may have."""

    weights: dict
    depth: int = 3
    coroutines: tuple = (3, 6)
    first_ops: tuple = (4, 12)
    # How often an op stands in a `try` of its own that catches all: a program that goes on after an error shows more.
    guarded: float = 0.0


KINDS = {
    "core": Kind(CORE, guarded=0.1),
    "combine": Kind(COMBINE, guarded=0.1),
    "scopes": Kind(SCOPES, guarded=0.1),
    "deep": Kind(DEEP, depth=6, coroutines=(2, 4), first_ops=(4, 10), guarded=0.4),
    "sync": Kind({**CORE, **SYNC_ONLY}, guarded=0.1),
    "all": Kind({**SCOPES, **SYNC_ONLY}, guarded=0.1),
    "crowded": Kind(CROWDED, depth=4, coroutines=(3, 4), first_ops=(6, 14), guarded=0.4),
}

DELAYS = (1, 1, 1, 2, 3, 5, 8, 10)
TIMEOUTS = (0, 1, 3, 6)


def make_program(seed, kind):
    """The program of this seed. It ends: a coroutine starts only those that come after it."""
    return _Writer(random.Random(f"{kind}:{seed}"), KINDS[kind]).program(seed)


class _Writer:
    def __init__(self, rng, kind):
        self.rng = rng
        self.kind = kind
        self.names = []
        self.coroutine_count = rng.randint(*kind.coroutines)

    def program(self, seed):
        coroutines = [self.coroutine(index) for index in range(self.coroutine_count)]
        return {"seed": seed, "coros": coroutines}

    def coroutine(self, index):
        if index > 0:
            return self.ops(index, 0, self.rng.randint(2, 6))
        # Coroutine 0 begins with tasks, so that there is something to work on.
        start = [["spawn", self.later_coroutine(0), self.new_name()] for _ in range(2)]
        return start + self.ops(0, 0, self.rng.randint(*self.kind.first_ops))

    def ops(self, index, depth, count):
        return [self.op(index, depth) for _ in range(count)]

    def block(self, index, depth, at_least=1):
        return self.ops(index, depth + 1, self.rng.randint(at_least, 3))

    def op(self, index, depth):
        barred = set()
        if depth >= self.kind.depth:
            barred |= {"try", "timeout", "group", "lock", "sem"}
        if index == self.coroutine_count - 1:
            barred |= {"spawn", "call", "waitforcall", "group"}
        names = [name for name in self.kind.weights if name not in barred]
        [name] = self.rng.choices(names, [self.kind.weights[name] for name in names])
        op = [name, *self.arguments(name, index, depth)]
        guarded = name != "return" and depth < self.kind.depth and self.rng.random() < self.kind.guarded
        return ["try", [op], ["error", "cancelled"], [], 0] if guarded else op

    def arguments(self, name, index, depth):
        rng = self.rng
        match name:
            case "log":
                return ["x"]
            case "sleep":
                return [rng.choice(DELAYS)]
            case "spawn":
                return [self.later_coroutine(index), self.target_name()]
            case "call":
                return [self.later_coroutine(index)]
            case "await" | "state" | "shield":
                return [self.name()]
            case "cancel":
                return [self.name(), rng.choice(("", "", "msg", "other"))]
            case "gather":
                return [self.name_list(repeats=True), rng.random() < 0.5]
            case "gathervar":
                return [self.name_list(repeats=True), rng.random() < 0.5, self.target_name()]
            case "wait":
                when = rng.choice(("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"))
                return [self.name_list(), rng.choice((None, 0, 1, 3, 6)), when]
            case "waitfor":
                return [self.name(), rng.choice(TIMEOUTS)]
            case "waitforcall":
                return [self.later_coroutine(index), rng.choice(TIMEOUTS)]
            case "ascompleted":
                return [self.name_list(repeats=True), rng.choice((None, 0, 2, 5))]
            case "callback":
                return [self.name(), self.name()]
            case "soon":
                return ["s"]
            case "later":
                return ["l", rng.choice(DELAYS)]
            case "cancellater":
                return [self.name(), rng.choice(DELAYS)]
            case "timeout":
                return [rng.choice(TIMEOUTS), self.block(index, depth)]
            case "group":
                members = [[self.target_name(), self.later_coroutine(index)] for _ in range(rng.randint(1, 3))]
                return [members, self.block(index, depth)]
            case "try":
                catches = rng.choice(([], ["error"], ["cancelled"], ["error", "cancelled"]))
                handler = self.block(index, depth, at_least=0)
                return [self.block(index, depth), catches, handler, rng.choice((0, 0, 0, 1))]
            case "raise":
                return [f"e{rng.randint(1, 9)}"]
            case "return":
                return [rng.randint(1, 9)]
            case "setresult":
                return [rng.randrange(3), rng.randint(1, 9)]
            case "setexception":
                return [rng.randrange(3), "fx"]
            case "awaitfut" | "shieldfut":
                return [rng.randrange(3)]
            case "lock" | "sem":
                return [rng.randrange(2), self.block(index, depth)]
            case "evwait" | "evset" | "evclear":
                return [rng.randrange(2)]
            case "cnotify":
                return [0, rng.randint(1, 2)]
            case "put" | "putnow":
                return [rng.randrange(4), rng.randint(1, 9)]
            case "get" | "getnow" | "taskdone" | "join":
                return [rng.randrange(4)]
            case "qshutdown":
                return [rng.randrange(4), rng.random() < 0.5]
            case "cwait" | "barrier" | "babort" | "breset":
                return [0]
        return []  # yield, uncancel, cancelling

    def later_coroutine(self, index):
        return self.rng.randint(index + 1, self.coroutine_count - 1)

    def new_name(self):
        self.names.append(f"t{len(self.names) + 1}")
        return self.names[-1]

    def target_name(self):
        """Where a task is put: mostly a name of its own, now and then one that changes hands."""
        return self.rng.choice(self.names) if self.rng.random() < 0.1 else self.new_name()

    def name(self):
        # Early names are more often set when an op runs.
        return self.rng.choice(self.names[: self.rng.randint(1, len(self.names))])

    def name_list(self, repeats=False):
        names = [self.name() for _ in range(self.rng.randint(1, 3))]
        return names if repeats and self.rng.random() < 0.2 else list(dict.fromkeys(names))
