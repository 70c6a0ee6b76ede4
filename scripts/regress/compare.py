# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What has changed since the jobs ran last: test cases that fail now, or no longer, and cycles."""

from .job import key_of
from .run_job import CYCLES

LIMIT = 0.01


def change(before, now):
    """As a fraction: 0.01 is one percent more."""
    if before == 0:
        return 0.0 if now == 0 else float("inf")
    return now / before - 1


def changes(before, now):
    """(largest change, sentence) of the cycles of a run; an empty sentence if none has changed at all."""
    found = {key: change(before[key], now[key]) for key in CYCLES}
    words = [f"{key.replace('_', ' ')} {before[key]:,} to {now[key]:,} ({100 * value:+.1f} %)" for key, value in found.items() if value]
    return max(found.values(), key=abs), ", ".join(words)


def failing(row):
    """Names of what failed in a job."""
    return {case["name"] for case in row.get("cases", []) if not case["passed"]} or ({row["job"]} if row["verdict"] == "fail" else set())


def since(last, rows):
    """(new failures, what passes again, cycles) as lists of sentences; jobs that did not run before are in none of them."""
    new, fixed, cycles = [], [], []
    for row in rows:
        before = last.get(key_of(row["job"], row["seed"]))
        if not before:
            continue
        name = f"{row['job']} seed {row['seed']}"
        new += [f"{name}: {case}" for case in sorted(failing(row) - failing(before))]
        if row["verdict"] == "pass":
            fixed += [f"{name}: {case}" for case in sorted(failing(before))]
        if "cycles" in row and "cycles" in before and row["run"] == before["run"]:
            largest, sentence = changes(before, row)
            if abs(largest) > LIMIT:
                cycles.append(f"{name}: {sentence}")
    return {"new failures": new, "passes again": fixed, "cycles changed": cycles}
