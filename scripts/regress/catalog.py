# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The table of jobs, verif/regress/jobs.json: "tiers" gives each tier its seeds; each row of "jobs" says in which tiers it runs, how many
seconds it takes about, and what it is, by one of three keys:

test   a folder of verif/tests; "name" and "filter" (Catch2) for a part of its tests
run    arguments of build/tatami, with a "name"; its cycles are compared with verif/regress/cycles.json
make   a target of make with its variables

Tests and runs go through all seeds unless "seeded" is false. "timeout": seconds, 900 unless said otherwise.
"""

import fnmatch
import json
import pathlib

from .errors import UsageError
from .job import make_job
from .run_job import RunJob
from .test_job import TestJob

TABLE = pathlib.Path("verif/regress/jobs.json")
TESTS = pathlib.Path("verif/tests")
KINDS = ("test", "run", "make")
KEYS = {"name", "filter", "tiers", "seconds", "timeout", "seeded", *KINDS}


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as JSON ({error})") from error


def kind_of(row):
    return next(kind for kind in KINDS if kind in row)


def name_of(row):
    return row.get("name") or row.get("test") or f"make {row['make']}"


class Catalog:
    """The table, checked. Every folder of tests must be in it, so that none is forgotten."""

    def __init__(self, path=TABLE, tests=TESTS):
        table = read(path)
        if not isinstance(table, dict) or set(table) != {"tiers", "jobs"}:
            raise UsageError(f"{path} must hold 'tiers' and 'jobs'")
        self.path, self.tiers, self.rows = path, table["tiers"], table["jobs"]
        names = set()
        for row in self.rows:
            self.check(row, tests)
            if name_of(row) in names:
                raise UsageError(f"{path}: {name_of(row)} stands twice")
            names.add(name_of(row))
        blocks = {found.parent.name for found in tests.glob("*/*_test.cpp")}
        forgotten = blocks - {row["test"] for row in self.rows if "test" in row and "filter" not in row}
        if forgotten:
            raise UsageError(f"{path}: no job runs all of {', '.join(sorted(forgotten))} of {tests}")

    def check(self, row, tests):
        """Raises UsageError for a row that is not what the docstring says."""
        where = f"{self.path}: {json.dumps(row)}"
        if set(row) - KEYS or sum(kind in row for kind in KINDS) != 1 or not isinstance(row.get("seconds"), (int, float)):
            raise UsageError(f"{where} needs seconds and one of {', '.join(KINDS)}, and may have name, filter, timeout, seeded")
        unknown = set(row.get("tiers", [])) - set(self.tiers)
        if unknown or not row.get("tiers"):
            raise UsageError(f"{where} needs tiers, of {', '.join(self.tiers)}")
        if ("run" in row or "filter" in row) and "name" not in row:
            raise UsageError(f"{where} needs a name")
        if "test" in row and not list((tests / row["test"]).glob("*_test.cpp")):
            raise UsageError(f"{where}: {tests / row['test']} has no tests")

    def choose(self, tier, only=(), kinds=KINDS):
        """The rows of a tier, or those of them whose names fit one of the patterns."""
        if tier not in self.tiers:
            raise UsageError(f"unknown tier {tier!r}; known are {', '.join(self.tiers)}")
        rows = [row for row in self.rows if tier in row["tiers"] and kind_of(row) in kinds]
        for pattern in only:
            if not any(fnmatch.fnmatch(name_of(row), pattern) for row in rows):
                raise UsageError(f"no job of the tier {tier} is called {pattern!r}; they are {', '.join(map(name_of, rows))}")
        return [row for row in rows if not only or any(fnmatch.fnmatch(name_of(row), pattern) for pattern in only)]

    def jobs(self, rows, seeds, build, folder):
        """A job for each row and seed. Logs go to the folder."""
        found = []
        for row in rows:
            seeded = "make" not in row and row.get("seeded", True)
            for seed in seeds if seeded else seeds[:1]:
                found.append(self.job(row, seed, build, folder))
        return found

    @staticmethod
    def job(row, seed, build, folder):
        name = name_of(row)
        fields = {"seconds": row["seconds"], "timeout": row.get("timeout", 900), "seed": seed}
        if "test" in row:
            return TestJob(row["test"], build / "tests-fast", folder / f"{name}-{seed}.log", name, row.get("filter", ""), **fields)
        if "run" in row:
            return RunJob(name, row["run"], build, folder, **fields)
        return make_job(row["make"], folder, **fields)
