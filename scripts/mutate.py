#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Breaks the RTL in hundreds of places and says which faults no test notices.

verif/mutation/plan.json names groups of sources, the tests that look after them, and how many faults to draw for each. All
faults of a group are built into its tests at once, in a copy of the checkout (build/mutation/tree), and a number chooses the
one that acts; groups that share a test are built together. The results are in build/mutation/report.md and report.json, which
keep what earlier runs found of the other groups. An explanation names a fault by the line of source that it is in; where
several lines are alike, "times" says how many, and it holds of each. Exit 0: all faults were noticed, or are explained in the
plan; 1: one survives that nobody has explained; 2: bad arguments or plan, or the tests could not be built.
"""

import dataclasses
import fcntl
import json
import pathlib
import sys
import time

from mutation import inject, report, tree, trial
from regress.errors import Parser, positive
from regress.progress import so_far

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "mutation"
PLAN = ROOT / "verif" / "mutation" / "plan.json"


def say(text, end="\n"):
    print(f"\r\033[K{text}" if sys.stdout.isatty() else text, end=end, flush=True)


def built_together(groups):
    """Lists of groups: those that share a test are built once, with the faults of all."""
    lists = []
    for group in groups:
        sharing = [each for each in lists if any(set(group["tests"]) & set(other["tests"]) for other in each)]
        lists = [each for each in lists if each not in sharing] + [sum(sharing, []) + [group]]
    return lists


def prepared(groups, options):
    """Builds the tests of groups; returns the faults, of which number i + 1 is at place i, and what tries them."""
    copy, chosen = FOLDER / "tree", []
    for group in groups:
        chosen += [(group["name"], site) for site in inject.choose(group["files"], options.count or group["count"], options.seed, ROOT)]
    tree.mirror(ROOT, copy, inject.sources([site for _, site in chosen], ROOT))
    tests = list(dict.fromkeys(test for group in groups for test in group["tests"]))
    say(f"  BUILD  {', '.join(group['name'] for group in groups)}: {len(chosen)} faults in the tests {', '.join(tests)}")
    trial.build(copy, tests, options.jobs)
    return chosen, trial.Trial(copy, tests, options.seed)


def locked(parser):
    """Keeps other runs out of the folder, whose sources and programs are one group's at a time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = (FOLDER / "lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        parser.error(f"another run works in {FOLDER.relative_to(ROOT)}")
    return lock


def row_of(group, site):
    """A fault of a group, as it stands in the report."""
    return {"group": group, **dataclasses.asdict(site)}


def place(row):
    return row["group"], row["file"], row["begin"], row["after"]


def run_group(group, chosen, trials, options, settled):
    """The rows of one group; of its faults, those that have a row in `settled` are not tried."""
    mine = {place(row_of(name, site)): number for number, (name, site) in enumerate(chosen, 1) if name == group["name"]}
    rows = [row for row in settled if place(row) in mine]
    done, begin = {place(row) for row in rows}, time.monotonic()
    numbers = [number for where, number in mine.items() if where not in done]
    for number, killed, by in trials.all(numbers, group["tests"], options.jobs):
        name, site = chosen[number - 1]
        rows.append(row_of(name, site) | {"killed": killed, "by": by})
        left = (time.monotonic() - begin) / (len(rows) - len(done)) * (len(mine) - len(rows))
        progress, terminal = f"{so_far(len(rows), len(mine), left)} {group['name']}", sys.stdout.isatty()
        if not killed or not terminal:
            before = "" if terminal else f"{progress} "
            say(f"  {before}{'noticed ' if killed else 'survives'} {site.file}:{site.line}: {report.cell(site.before)} => {report.cell(site.after)}")
        if terminal:
            say(f"  {progress}", end="")
    rows.sort(key=lambda row: (row["file"], row["begin"]))
    say(f"  {group['name']}: {sum(row['killed'] for row in rows)} of {len(rows)} faults noticed")
    return rows


def planned(parser):
    """The plan, held against the sources: what it names is there."""
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    for group in plan["groups"]:
        for path in [*group["files"], *(f"verif/tests/{test}" for test in group["tests"])]:
            if not (ROOT / path).exists():
                parser.error(f"{PLAN.name}: group {group['name']}: there is no {path}")
    for gone in report.stale(plan["explained"], ROOT):
        parser.error(f"{PLAN.name} explains a fault that cannot be: {gone['before']} => {gone['after']} in {gone['file']}: {gone['where']}")
    for known in report.ambiguous(plan["explained"], ROOT):
        parser.error(f"{PLAN.name} explains a fault in a line that must stand in {known['file']} {known.get('times', 1)} times, and does not: {known['where']}")
    return plan


def main():
    parser = Parser("mutate", __doc__)
    parser.add_argument("--count", type=positive, help="faults of each group (default: as planned)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice, and of the tests")
    parser.add_argument("--again", action="store_true", help="try only what survived last time and is not explained")
    parser.add_argument("--list", action="store_true", help="show the groups, and only hold the plan against the sources")
    parser.add_argument("groups", nargs="*")
    options = parser.parse_args()
    plan = planned(parser)
    known = {group["name"]: group for group in plan["groups"]}
    unknown = [name for name in options.groups if name not in known]
    if unknown:
        parser.error(f"no group is called {', '.join(unknown)}; known are {', '.join(known)}")
    if options.list:
        for group in plan["groups"]:
            print(f"{group['name']:<8} {group['count']:>3} faults of {' '.join(group['files'])} by {' '.join(group['tests'])}")
        return 0
    lock = locked(parser)
    rows = {name: [] for name in known}
    for row in report.read(FOLDER):
        rows.get(row["group"], []).append(row)
    chosen_groups = [known[name] for name in dict.fromkeys(options.groups or known)]
    for groups in built_together(chosen_groups):
        try:
            chosen, trials = prepared(groups, options)
        except trial.BuildError as error:
            print(f"mutate: {groups[0]['name']}: {error}", file=sys.stderr)
            return 2
        for group in groups:
            settled = [row for row in rows[group["name"]] if options.again and (row["killed"] or report.reason(row, plan["explained"]))]
            rows[group["name"]] = run_group(group, chosen, trials, options, settled)
            report.write(FOLDER, sum(rows.values(), []), plan["explained"])
    print((FOLDER / "report.md").read_text(encoding="utf-8"), end="")
    lock.close()
    mine = sum((rows[group["name"]] for group in chosen_groups), [])
    return int(any(not row["killed"] and not report.reason(row, plan["explained"]) for row in mine))


if __name__ == "__main__":
    sys.exit(main())
