"""The command ``python -m recorder``: see ``--help``."""

import argparse
import gc
import json
import sys
import warnings

from recorder import ordered_sets
from recorder.programs import KINDS, make_program
from recorder.run import Unrecordable, record


def write_line(value):
    print(json.dumps(value, separators=(",", ":")))


def record_programs(_options):
    """Answers each program of the input with what is to be expected, or with null for one that cannot be recorded."""
    for line in sys.stdin:
        try:
            write_line(record(json.loads(line)))
        except Unrecordable:
            write_line(None)


def generate_recordings(options):
    """Makes programs from ``seed`` on, kind by turns, until ``count`` of them could be recorded."""
    seed, made = options.seed, 0
    while made < options.count:
        program = make_program(seed, options.kinds[seed % len(options.kinds)])
        seed += 1
        try:
            write_line({"scenario": program, "expect": record(program)})
        except Unrecordable:
            continue
        made += 1


def check_recordings(options):
    """Records the programs of fixture files again and counts how many came out as they stand there."""
    different = 0
    for path in options.files:
        with open(path, encoding="utf-8") as lines:
            recordings = [json.loads(line) for line in lines]
        changed = [
            recording["scenario"]["seed"]
            for recording in recordings
            if record(recording["scenario"]) != recording["expect"]
        ]
        different += len(changed)
        print(f"{path}: {len(recordings) - len(changed)} of {len(recordings)} as recorded")
        if changed:
            print(f"  different: seeds {changed}")
    return 1 if different else 0


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m recorder", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("record", help="programs on stdin, what CPython does with them on stdout")
    command.set_defaults(run=record_programs)
    command = commands.add_parser("generate", help="fresh programs on stdout, with what CPython does with them")
    command.add_argument("--count", type=int, required=True)
    command.add_argument("--seed", type=int, required=True)
    command.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    command.set_defaults(run=generate_recordings)
    command = commands.add_parser("check", help="record fixture files again; exit code 1 where one differs")
    command.add_argument("files", nargs="+")
    command.set_defaults(run=check_recordings)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    ordered_sets.install()
    # Coroutines that a program leaves behind belong to it; nothing is said about them.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    gc.freeze()  # What is loaded by now stays; the collection after each run need not look at it.
    options = parse(sys.argv[1:])
    sys.exit(options.run(options))
