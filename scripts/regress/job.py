# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""One command of a regression, with the seed of its random choices, and what it gave.

A result is a dictionary, ready for JSON: job, seed, verdict (pass, fail, or none where no test case matched), seconds, passed and
failed (test cases), repeat (the command that repeats it), log (its output), and by kind: cases of a test, cycles of a run.
"""

import os
import pathlib
import re
import subprocess


def outside_make():
    """The environment without what the make that runs this hands down to others: its options and the variables of its command line."""
    given = re.findall(r"(?:^|\s)(\w+)=", os.environ.get("MAKEFLAGS", ""))
    return {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", *given}}


def key_of(name, seed):
    """What stands for a job in files: unique in a regression."""
    return f"{name}#{seed}"


class Job:
    """A target of make: passed if its exit code is 0. Tests and runs are derived from it."""

    has_waves = False  # whether `make wave` shows what it did

    def __init__(self, name, command, log, repeat, seed=1, seconds=1, timeout=900, targets=()):
        self.name, self.command, self.log, self.repeat, self.seed = name, command, pathlib.Path(log), repeat, seed
        self.seconds, self.timeout, self.targets = seconds, timeout, tuple(targets)

    @property
    def key(self):
        return key_of(self.name, self.seed)

    def start(self):
        """The running process; a session of its own, so that all of its children can be stopped."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w", encoding="utf-8") as stream:
            return subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True, env=self.environment())

    def environment(self):
        return outside_make()

    def result(self, code, seconds):
        """What the ended process gave; a code below 0 is the signal that ended it, None is the time limit."""
        if code is None:
            with self.log.open("a", encoding="utf-8") as stream:
                stream.write(f"\nstopped after {self.timeout} s\n")
        row = {"job": self.name, "seed": self.seed, "verdict": "fail" if code != 0 else "pass", "seconds": round(seconds, 3),
               "passed": int(code == 0), "failed": int(code != 0), "repeat": self.repeat, "log": str(self.log)}
        return row | self.details(code, row)

    def details(self, code, row):
        """What a kind of job adds to its result, or puts in place."""
        return {}

    def text(self):
        """Its output; long ones without their middle."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return text if len(text) < 20000 else text[:8000] + "\n  [...]\n" + text[-12000:]


def make_job(target, folder, **fields):
    """A target of make with its variables, one command at a time."""
    words = target.split()
    log = folder / ("make-" + "-".join(word.replace("=", "-").replace("/", "-") for word in words) + ".log")
    return Job(f"make {target}", ["make", "JOBS=1", *words], log, f"make {target}", **fields)
