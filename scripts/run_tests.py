#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs test programs: one line per block, the whole output of a failing one, and last "N passed, N failed" test cases.

FOLDER/junit.xml tells the same to other tools. Exit 0: all passed; 1: some failed; 2: no test case matched.
"""

import pathlib
import sys

from regress import junit, pool
from regress.errors import Parser, UsageError
from regress.progress import Progress, show_failure, summary, totals
from regress.test_job import TestJob

TIMEOUT = {"full": 900, "nightly": 3 * 3600}


def parse():
    parser = Parser("test", __doc__)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where <block>/test programs lie")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tier", choices=TIMEOUT, default="full")
    parser.add_argument("--timeout", type=int, help="seconds per block (900; nightly: three hours)")
    parser.add_argument("--test", default="", help="Catch2 filter")
    parser.add_argument("--flags", default="", help="variables that make was called with besides, to repeat a failure")
    parser.add_argument("blocks", nargs="+")
    return parser.parse_args()


def work(options):
    timeout = options.timeout or TIMEOUT[options.tier]
    fields = {"test": options.test, "tier": options.tier, "flags": options.flags, "seed": options.seed, "timeout": timeout}
    jobs = [TestJob(block, options.folder, options.folder / block / "test.log", **fields) for block in options.blocks]
    progress, rows = Progress(jobs, options.jobs), []

    def ended(job, row):
        rows.append(row)
        progress.count(row)
        if row["verdict"] != "none" or not options.test:
            progress.ended(row)
        if row["verdict"] == "fail":
            show_failure(job, row)

    pool.run(jobs, options.jobs, progress, ended)
    junit.write(options.folder / "junit.xml", rows)
    if not any(totals(rows)):
        raise UsageError(f"no test case matches TEST='{options.test}' in: {' '.join(options.blocks)}")
    return summary(rows)


def main():
    options = parse()
    return pool.guarded("test", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
