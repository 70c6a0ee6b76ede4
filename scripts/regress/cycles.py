# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Baselines of cycles: verif/regress/cycles.json holds what each run took, with the run's arguments.

Cycles are the simulated machine's: the same on every host, and with every seed. More by over 1 % is a regression. A baseline of other
arguments reads as stale. `make cycle-baselines` is the only writer.
"""

import json
import pathlib

from .compare import LIMIT, changes
from .run_job import CYCLES

FILE = pathlib.Path("verif/regress/cycles.json")


class Baselines:
    def __init__(self, path=FILE):
        self.path = path
        self.data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def compare(self, row):
        """(verdict, sentence) of a run that passed: verdict is new, stale, worse, better or same."""
        known = self.data.get(row["job"])
        if not known:
            return "new", "has no baseline of its cycles (make cycle-baselines)"
        if known["run"] != row["run"]:
            return "stale", "its baseline is of other arguments (make cycle-baselines)"
        largest, sentence = changes(known, row)
        if abs(largest) <= LIMIT:
            return "same", sentence
        return "worse" if largest > 0 else "better", sentence

    def judge(self, row):
        """Adds the verdict to a run's result; worse is a failure."""
        if "cycles" not in row:
            return
        row["baseline"], sentence = self.compare(row)
        if row["baseline"] == "worse":
            message = f"worse than the baseline: {sentence}; if it must be, run: make cycle-baselines ONLY='{row['job']}'"
            row |= {"verdict": "fail", "passed": 0, "failed": 1, "message": message}
        elif row["baseline"] != "same":
            row["message"] = f"{row['baseline']}: {sentence}"

    def write(self, rows, names):
        """Replaces the figures of these runs; those of runs that the table no longer has go."""
        self.data |= {row["job"]: {key: row[key] for key in ("run", *CYCLES)} for row in rows}
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
