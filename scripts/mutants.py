#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Breaks the RTL on purpose, one line at a time, and says which test notices.

verif/mutants.json lists the faults: a file, a text that occurs there once, its replacement, and the block of tests that
must fail. Each is tried in a copy of the checkout (build/mutants/tree), never in the sources. Exit 0: every fault was
caught; 1: a fault survived; 2: bad list or bad arguments.
"""

import json
import pathlib
import subprocess
import sys
import time

from mutation import tree
from mutation.verdict import failed_case
from regress import pool
from regress.errors import BareParser, UsageError
from regress.progress import so_far

ROOT = pathlib.Path(__file__).resolve().parent.parent
TREE = ROOT / "build" / "mutants" / "tree"


def load(names):
    """The faults to try, checked against the sources."""
    faults = json.loads((ROOT / "verif" / "mutants.json").read_text(encoding="utf-8"))
    for fault in faults:
        source = ROOT / fault["file"]
        count = source.read_text(encoding="utf-8").count(fault["find"]) if source.is_file() else 0
        if count != 1:
            raise UsageError(f"{fault['name']}: the text to replace occurs {count} times in {fault['file']}; it must occur once")
    unknown = set(names) - {fault["name"] for fault in faults}
    if unknown:
        raise UsageError(f"no fault is called {', '.join(sorted(unknown))}; see verif/mutants.json")
    return [fault for fault in faults if not names or fault["name"] in names]


def attempt(fault):
    """Applies the fault, runs its block, restores the file; returns (caught, by what)."""
    target = TREE / fault["file"]
    original = target.read_text(encoding="utf-8")
    target.write_text(original.replace(fault["find"], fault["replace"]), encoding="utf-8")
    try:
        run = subprocess.run(["make", "test", f"BLOCK={fault['block']}"], cwd=TREE, capture_output=True, text=True, check=False)
    finally:
        target.write_text(original, encoding="utf-8")
    log = run.stdout + run.stderr
    (TREE.parent / f"{fault['name']}.log").write_text(log, encoding="utf-8")
    if run.returncode == 0:
        return False, "survived"
    caught = failed_case(log) or ("the program died" if "FAIL" in log else "the build failed")
    return caught != "the build failed", caught


def tell(text):
    """Shows how far it is, apart from the table: the last line of a terminal, which goes again, else a line of the log."""
    terminal = sys.stderr.isatty()
    if text or terminal:
        print(f"\r\033[K{text}" if terminal else text, end="" if terminal else "\n", file=sys.stderr, flush=True)


def work(options):
    faults = load(options.names)
    if options.list:
        print("\n".join(fault["name"] for fault in faults))
        return 0
    survived, begin = 0, time.monotonic()
    print("| fault | file | change | test that fails |\n|---|---|---|---|", flush=True)
    for done, fault in enumerate(faults):
        left = (time.monotonic() - begin) / done * (len(faults) - done) if done else None
        tell(f"  {so_far(done, len(faults), left)} {fault['name']}")
        tree.mirror(ROOT, TREE)
        caught, by = attempt(fault)
        survived += not caught
        tell("")
        print(f"| {fault['name']} | `{fault['file']}` | {fault['why']} | {fault['block']}: {by} |", flush=True)
    print(f"{len(faults) - survived} of {len(faults)} faults caught", flush=True)
    return 1 if survived else 0


def main():
    parser = BareParser("mutants", __doc__)
    parser.add_argument("names", nargs="*", help="faults to try (default: all)")
    parser.add_argument("--list", action="store_true", help="only hold the list against the sources")
    options = parser.parse_args()
    return pool.guarded("mutants", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
