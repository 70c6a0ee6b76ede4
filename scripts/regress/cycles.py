# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Baselines of cycles: verif/regress/cycles.json holds what each run took, with the run's arguments.

Cycles are the simulated machine's: the same on every host, and with every seed. More by over 1 % is a regression. A run without a
baseline is new, one whose baseline is of other arguments stale: both fail, as nothing would be compared. `make cycle-baselines` is the
only writer.
"""

import json
import pathlib

from .compare import LIMIT, changes
from .errors import UsageError
from .run_job import CYCLES

FILE = pathlib.Path("verif/regress/cycles.json")
FAILURES = ("new", "stale", "worse")


def writer(name, tier):
    """The command that writes the baseline of a run."""
    return f"make cycle-baselines TIER={tier} ONLY='{name}'"


class Baselines:
    def __init__(self, path=FILE):
        self.path = path
        self.data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def lack(self, name, run):
        """Why there is nothing to compare a run with: (new or stale, sentence), or None."""
        known = self.data.get(name)
        if not known:
            return "new", "there is no baseline of its cycles"
        return None if known["run"] == run else ("stale", "its baseline is of other arguments")

    def check(self, rows):
        """Raises UsageError unless each run of the table has a baseline of its own arguments."""
        for row in rows:
            lack = "run" in row and self.lack(row["name"], row["run"])
            if lack:
                raise UsageError(f"{self.path}: {row['name']}: {lack[1]}; run: {writer(row['name'], row['tiers'][0])}")

    def compare(self, row):
        """(verdict, sentence) of a run that passed: verdict is new, stale, worse, better or same."""
        lack = self.lack(row["job"], row["run"])
        if lack:
            return lack
        largest, sentence = changes(self.data[row["job"]], row)
        if abs(largest) <= LIMIT:
            return "same", sentence
        return ("worse", f"{sentence}; if it must be") if largest > 0 else ("better", sentence)

    def judge(self, row, tier):
        """Adds the verdict to a run's result, and makes it a failure when it is one."""
        if "cycles" not in row:
            return
        row["baseline"], sentence = self.compare(row)
        if row["baseline"] in FAILURES:
            row |= {"verdict": "fail", "passed": 0, "failed": 1, "message": f"{row['baseline']}: {sentence}, run: {writer(row['job'], tier)}"}
        elif row["baseline"] != "same":
            row["message"] = f"{row['baseline']}: {sentence}"

    def write(self, rows, names):
        """Replaces the figures of these runs; those of runs that the table no longer has go."""
        self.data |= {row["job"]: {key: row[key] for key in ("run", *CYCLES)} for row in rows if "cycles" in row}
        kept = {name: self.data[name] for name in names if name in self.data}
        self.path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def differing(rows):
    """Runs whose cycles differ from seed to seed, as sentences: something of the machine leans on its state before reset, or on its data."""
    first, found = {}, []
    for row in rows:
        if "cycles" in row:
            other = first.setdefault(row["job"], row)
            largest, sentence = changes(other, row)
            if largest:
                found.append(f"{row['job']}: with seed {row['seed']} in place of {other['seed']}: {sentence}")
    return found
