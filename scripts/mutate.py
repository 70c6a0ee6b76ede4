#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Breaks the RTL in hundreds of places and says which faults no test notices.

verif/mutation/plan.json names groups of sources, the tests that look after them, and how many faults to draw for each. All
faults of a group are built into its tests at once, in a copy of the checkout (build/mutation/tree), and a number chooses the
one that acts. The results are in build/mutation/report.md and report.json. Exit 0: all faults were noticed, or are explained
in the plan; 1: one survives that nobody has explained; 2: bad arguments, or the tests could not be built.
"""

import dataclasses
import json
import pathlib
import sys
import time

from mutation import inject, report, tree, trial
from regress.errors import Parser, positive
from regress.progress import duration

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "mutation"
PLAN = ROOT / "verif" / "mutation" / "plan.json"


def say(text, end="\n"):
    print(f"\r\033[K{text}" if sys.stdout.isatty() else text, end=end, flush=True)


def run_group(group, options):
    """The rows of one group, as they come."""
    copy = FOLDER / "tree"
    tree.mirror(ROOT, copy)
    chosen = inject.choose(group["files"], options.count or group["count"], options.seed, ROOT)
    inject.write(chosen, copy)
    say(f"  BUILD  {group['name']}: {len(chosen)} faults in the tests {', '.join(group['tests'])}")
    trial.build(copy, group["tests"], options.jobs)
    begin, rows = time.monotonic(), []
    for number, killed, by in trial.Trial(copy, group["tests"], options.seed).all(len(chosen), options.jobs):
        rows.append({"group": group["name"], **dataclasses.asdict(chosen[number - 1]), "killed": killed, "by": by})
        left = (time.monotonic() - begin) / len(rows) * (len(chosen) - len(rows))
        if sys.stdout.isatty():
            say(f"  [{len(rows)}/{len(chosen)}, {duration(left)} left] {group['name']}", end="")
    rows.sort(key=lambda row: (row["file"], row["begin"]))
    say(f"  {group['name']}: {sum(row['killed'] for row in rows)} of {len(rows)} faults noticed")
    return rows


def main():
    parser = Parser("mutate", __doc__)
    parser.add_argument("--count", type=positive, help="faults of each group (default: as planned)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice, and of the tests")
    parser.add_argument("groups", nargs="*")
    options = parser.parse_args()
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    known = {group["name"]: group for group in plan["groups"]}
    unknown = [name for name in options.groups if name not in known]
    if unknown:
        parser.error(f"no group is called {', '.join(unknown)}; known are {', '.join(known)}")
    rows = []
    for name in options.groups or known:
        try:
            rows += run_group(known[name], options)
        except trial.BuildError as error:
            print(f"mutate: {name}: {error}", file=sys.stderr)
            return 2
        report.write(FOLDER, rows, plan["explained"])
    print((FOLDER / "report.md").read_text(encoding="utf-8"), end="")
    return int(any(not row["killed"] and not report.reason(row, plan["explained"]) for row in rows))


if __name__ == "__main__":
    sys.exit(main())
