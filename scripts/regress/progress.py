# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What a regression shows while it runs: a line per job that has ended and, on a terminal, one that says what is left."""

import shutil
import sys
import time

WORDS = {"pass": "ok", "fail": "FAIL", "none": "none"}


def duration(seconds):
    """Such as 45 s, 12 min or 3 h 05 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def left(waiting, running, slots):
    """Seconds until all is done, by the jobs' own estimates."""
    rest = [max(job.seconds - seconds, 1) for job, seconds in running]
    work = sum(job.seconds for job in waiting) + sum(rest)
    return max([work / slots, *rest, *(job.seconds for job in waiting)])


def so_far(done, total, seconds):
    """How much is done, and how long the rest takes about; None: not known yet."""
    return f"[{done}/{total}" + (f", {duration(seconds)} left]" if done < total and seconds is not None else "]")


class Progress:
    """For these jobs, of which `done` need not run again."""

    def __init__(self, jobs, slots, done=0):
        self.total, self.slots, self.done, self.failed, self.seconds_left = len(jobs), slots, done, 0, 0.0
        self.width = max(14, *(len(job.name) for job in jobs))
        self.terminal, self.shown, self.next = sys.stdout.isatty(), False, 0.0

    def __call__(self, waiting, running):
        self.seconds_left = left(waiting, running, self.slots)
        if self.terminal and time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.5
            names = ", ".join(job.name for job, _ in running)
            failed = f", {self.failed} failed" if self.failed else ""
            text = f"  {self.rest()}{failed}: {names}"
            print(f"\r\033[K{text[: shutil.get_terminal_size().columns - 1]}", end="", flush=True)
            self.shown = True

    def count(self, row):
        """A job has ended."""
        self.done += 1
        self.failed += row["verdict"] == "fail"

    def rest(self):
        return so_far(self.done, self.total, self.seconds_left)

    def clear(self):
        if self.shown:
            print("\r\033[K", end="")
            self.shown = False

    def ended(self, row, say=""):
        """The line of a job that has ended, with what else there is to say of it."""
        self.clear()
        figures = f"{row['passed']:>4} passed  {row['failed']:>3} failed  {row['seconds']:6.1f} s"
        print(f"  {WORDS[row['verdict']]:<5} {row['job']:<{self.width}} {figures}{say}", flush=True)


def show_failure(job, row):
    """The output of a failed job, and the commands that repeat what failed."""
    print(job.text())
    for repeat in dict.fromkeys(case["repeat"] for case in row.get("cases", []) if not case["passed"]) or [row["repeat"]]:
        print(f"  repeat with: {repeat}", flush=True)
        if job.has_waves:
            print(f"  waves where it fails: {repeat.replace('make test', 'make wave', 1)}", flush=True)


def totals(rows):
    """(passed, failed) of all results."""
    return tuple(sum(row[key] for row in rows) for key in ("passed", "failed"))


def summary(rows):
    """Prints the last line of a command; returns its exit code."""
    passed, failed = totals(rows)
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)
