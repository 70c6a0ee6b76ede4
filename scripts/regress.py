#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the jobs of verif/regress/jobs.json: a line per job, the output of a failing one and the commands that repeat it.

Interrupted, the same command goes on where it stopped, unless a source has changed. OUT/report.json and OUT/junit.xml tell all; the
last lines say what has changed since the jobs ran last. Exit 0: all passed; 1: a job failed, took more than 1 % more cycles than its
baseline or has none, or a build failed; 2: bad arguments or a bad table; 130: interrupted.
"""

import json
import pathlib
import subprocess
import sys
import time

from regress import cycles, junit, pool
from regress.catalog import KINDS, TABLE, TESTS, Catalog, name_of
from regress.compare import since
from regress.errors import Parser, seeds
from regress.job import outside_make
from regress.progress import Progress, duration, show_failure, summary, totals
from regress.state import State, source_key


def parse():
    parser = Parser("regress", __doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"), help="folder of everything that is built")
    parser.add_argument("--tier", default="full")
    parser.add_argument("--seeds", type=seeds, help="such as '1 7 9..12' (default: as the tier says)")
    parser.add_argument("--only", default="", help="jobs by name, patterns allowed")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only jobs of this kind")
    parser.add_argument("--fresh", action="store_true", help="do not go on where an interrupted regression stopped")
    parser.add_argument("--write", action="store_true", help="make the cycles of the runs their baselines instead of comparing with them")
    parser.add_argument("--built", action="store_true", help="build nothing: all that the jobs need is there")
    parser.add_argument("--list", action="store_true", help="show the jobs and hold the table against the baselines of cycles")
    parser.add_argument("--out", type=pathlib.Path, help="folder of reports, logs and state (BUILD/regress)")
    parser.add_argument("--table", type=pathlib.Path, default=TABLE)
    parser.add_argument("--tests", type=pathlib.Path, default=TESTS, help="folder of the tests that the table must name")
    parser.add_argument("--cycles", type=pathlib.Path, default=cycles.FILE, help="baselines of cycles")
    options = parser.parse_args()
    options.out = options.out or options.build / "regress"
    return options


def build(jobs, options):
    """Makes what the jobs need; returns make's exit code."""
    targets = sorted({str(target) for job in jobs for target in job.targets})
    if options.built or not targets:
        return 0
    command = ["make", "-s", f"JOBS={options.jobs}", f"BUILD={options.build}", *targets]
    return subprocess.run(command, env=outside_make(), check=False).returncode


def judge(row, baselines, tier):
    """Makes a failure of a test that tests nothing, and of a run that takes too many cycles, or of which that is not known."""
    if row["verdict"] == "none":
        row |= {"verdict": "fail", "failed": 1, "message": "no test case matches its filter"}
    if baselines:
        baselines.judge(row, tier)


def run(jobs, options, state, baselines):
    """The results of all jobs, those that had passed before included; without baselines, cycles are not compared."""
    rows = [state.passed[job.key] for job in jobs if job.key in state.passed]
    todo = [job for job in jobs if job.key not in state.passed]
    if rows:
        print(f"  going on: {len(rows)} of {len(jobs)} jobs have passed")
    for job in todo:
        job.seconds = state.last.get(job.key, {}).get("seconds", job.seconds)
    progress = Progress(jobs, options.jobs, len(rows))

    def ended(job, row):
        judge(row, baselines, options.tier)
        state.add(row)
        rows.append(row)
        progress.count(row)
        seed = f"  seed {row['seed']}" if len(options.seeds) > 1 else ""
        cycles_taken = f"  {row['cycles']:,} cycles" if "cycles" in row else ""
        progress.ended(row, f"{seed}{cycles_taken}  {progress.rest()}")
        if row.get("message"):
            print(f"        {row['message']}")
        if row["verdict"] == "fail":
            show_failure(job, row)

    pool.run(todo, options.jobs, progress, ended)
    return rows


def conclude(rows, options, state, seconds):
    """Writes the reports, says what has changed, and returns the exit code."""
    changed = since(state.last, rows) | {"cycles depend on the seed": cycles.differing(rows)}
    passed, failed = totals(rows)
    report = {"tier": options.tier, "seeds": options.seeds, "passed": passed, "failed": failed, "seconds": round(seconds, 1), "changed": changed, "jobs": rows}
    (options.out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    junit.write(options.out / "junit.xml", rows)
    state.finish(rows)
    for what, sentences in changed.items():
        for sentence in sentences:
            print(f"  {what}: {sentence}")
    print(f"  {len(rows)} jobs in {duration(seconds)}; {options.out}/report.json, junit.xml")
    return summary(rows) or int(bool(changed["cycles depend on the seed"]))


def work(options):
    catalog, baselines = Catalog(options.table, options.tests), cycles.Baselines(options.cycles)
    rows = catalog.choose(options.tier, options.only.split(), options.kind or KINDS)
    options.seeds = options.seeds or catalog.tiers[options.tier]["seeds"]
    jobs = catalog.jobs(rows, options.seeds, options.build, options.out / "logs")
    if options.list:
        baselines.check(catalog.rows)
        for job in jobs:
            print(f"{job.name:<24} seed {job.seed:<4} about {duration(job.seconds):<10} {job.repeat}")
        return 0
    begin, key = time.monotonic(), source_key()
    state = State(options.out, key, options.fresh)
    if code := build(jobs, options):
        print("regress: the build failed", file=sys.stderr)
        return 1 if code > 0 else 130
    results = run(jobs, options, state, None if options.write else baselines)
    if options.write:
        baselines.write(results, [name_of(row) for row in catalog.rows if "run" in row])
    elif source_key() != key:
        print("  the sources have changed meanwhile: jobs that make ran may have seen either")
    return conclude(results, options, state, time.monotonic() - begin)


def main():
    options = parse()
    return pool.guarded("regress", lambda: work(options), "; the same command goes on where it stopped")


if __name__ == "__main__":
    sys.exit(main())
