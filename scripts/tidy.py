#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy with the checks of .clang-tidy on C++ sources, a line per file, and shows what it found.

Exit 0: nothing found; 1: something; 2: bad arguments or a missing tool.
"""

import pathlib
import shlex
import shutil
import sys

from regress import pool
from regress.errors import Parser, UsageError
from regress.job import Job
from regress.progress import Progress, show_failure, summary

TIDY = "clang-tidy-16"
SECONDS = 15  # about what a file takes
FOLDERS = ("sim", "verif")
# What the Makefile defines for some files; any value will do.
DEFINES = ["-DTATAMI_FACTORY=tidy", "-DTATAMI_ROUTER_FACTORY=tidy", '-DTATAMI_CONFIG="small"', '-DTATAMI_FLAVOUR="fast"', "-DVM_TRACE=0", "-DVM_TRACE_FST=0", "-DVM_COVERAGE=0"]


def sources(wanted):
    """The wanted files, else all; a folder stands for what is in it."""
    found = []
    for path in map(pathlib.Path, wanted or FOLDERS):
        if not path.exists():
            raise UsageError(f"there is no {path}")
        found += sorted(path.rglob("*.cpp")) if path.is_dir() else [path]
    found = [path for path in found if path.suffix == ".cpp"]
    if not found:
        raise UsageError(f"no C++ source in {' '.join(wanted)}")
    return found


def job(path, options):
    """Verilated headers are those of the file's own bench, or of the small node and router."""
    bench = options.build / "tests-fast" / path.parent.name
    headers = [folder for folder in sorted(bench.glob("*_tb")) + sorted((options.build / "verilated").glob("*-small*")) if folder.is_dir()]
    flags = shlex.split(options.flags) + DEFINES + [flag for folder in headers for flag in ("-isystem", str(folder))]
    log = options.build / "tidy" / f"{str(path).replace('/', '-')}.log"
    return Job(str(path), [TIDY, "--quiet", str(path), "--", *flags], log, f"make tidy FILES={path}", seconds=SECONDS)


def work(options):
    if not shutil.which(TIDY):
        raise UsageError(f"{TIDY} is missing; run: scripts/setup.sh tidy")
    jobs, rows = [job(path, options) for path in sources(options.files)], []
    progress = Progress(jobs, options.jobs)

    def ended(done, row):
        rows.append(row)
        progress.count(row)
        progress.clear()
        print(f"  {'FAIL' if row['failed'] else 'ok':<5} {done.name}  {progress.rest()}", flush=True)
        if row["failed"]:
            show_failure(done, row)

    pool.run(jobs, options.jobs, progress, ended)
    return summary(rows)


def main():
    parser = Parser("tidy", __doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--flags", default="", help="of the compiler")
    parser.add_argument("files", nargs="*", help="files or folders (default: sim verif)")
    options = parser.parse_args()
    return pool.guarded("tidy", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
