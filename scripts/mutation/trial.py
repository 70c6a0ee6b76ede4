# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Builds the tests of a group with all of its faults, and runs them with one fault after the other."""

import concurrent.futures
import os
import re
import resource
import signal
import subprocess

from .verdict import failed_case

LEAST_LIMIT = 20  # seconds
LIMIT_FACTOR = 4  # of what the test takes without a fault
SLOW = 0.2  # a test case that takes more than this part of its test is tried last


class BuildError(Exception):
    """The tests with faults could not be built."""


def build(tree, tests, jobs):
    """Builds test programs in the copy of the sources. Faults may make warnings of widths and constants."""
    flags = "-Wno-fatal -Wno-lint -Wno-style -Wno-ENUMVALUE verif/mutation/mutant_pkg.sv"
    programs = [f"build/tests-fast/{test}/test" for test in tests]
    chooser = "build/obj/verif/mutation/mutant.o"
    command = ["make", f"JOBS={jobs}", f"VL_EXTRA={flags}", f"TEST_EXTRA={chooser}", *programs]
    ran = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BuildError("\n".join((ran.stdout + ran.stderr).strip().split("\n")[-20:]))


def run(tree, test, number, seed, limit, cases=("~[nightly]",)):
    """(killed, by what, output) of test cases of one test with one fault; number 0 is none. The limit is in seconds of the
    processor, so that a machine that is busy with other things ends no test."""
    program = [f"build/tests-fast/{test}/test", "--seed", str(seed), "--abort", "--durations", "yes"]
    command = ["prlimit", f"--cpu={limit}", *program, *cases]
    environment = os.environ | {"TATAMI_MUTANT": str(number), "TATAMI_SHRINK": "0"}
    ran = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace", check=False)
    if ran.returncode == -signal.SIGXCPU:
        return True, f"{test}: no end after {limit} s", ran.stdout
    return ran.returncode != 0, f"{test}: {failed_case(ran.stdout) or 'the program died'}", ran.stdout


def processor_seconds():
    """Of all programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def by_duration(names, log):
    """Filters of a test's cases, in the order in which to try them: all but those that take most of its time, then those."""
    seconds = dict.fromkeys(names, 0.0)
    for spent, name in re.findall(r"^(\d+\.\d+) s: (.+)$", log, re.M):
        if name in seconds:  # and not a section of one
            seconds[name] += float(spent)
    slow = [re.sub(r"([\\,\[\]])", r"\\\1", name) for name in names if seconds[name] > SLOW * sum(seconds.values())]
    if not slow or len(slow) == len(names):
        return [["~[nightly]"]]
    return [["~[nightly]", *(f"~{name}" for name in slow)], [",".join(slow)]]


class Trial:
    """Tests with faults, once they are built: how long each takes without a fault, and what each fault does."""

    def __init__(self, tree, tests, seed):
        self.tree, self.seed, self.limits, self.parts = tree, seed, {}, {}
        for test in tests:
            begin = processor_seconds()
            failed, by, log = run(tree, test, 0, seed, 900)
            if failed:
                raise BuildError(f"without a fault {by} fails")
            self.limits[test] = round(max(LEAST_LIMIT, LIMIT_FACTOR * (processor_seconds() - begin)))
            listed = subprocess.run([f"build/tests-fast/{test}/test", "--list-test-names-only", "~[nightly]"], cwd=tree, capture_output=True, text=True, check=False)
            self.parts[test] = by_duration([name.strip() for name in listed.stdout.split("\n")], log)

    def attempt(self, number, tests):
        """(killed, by what) by the first test case of these tests that notices, quick ones first."""
        for test, part in [(test, part) for turn in (0, 1) for test in tests for part in self.parts[test][turn:turn + 1]]:
            killed, by, _ = run(self.tree, test, number, self.seed, self.limits[test], part)
            if killed:
                return True, by
        return False, ""

    def all(self, numbers, tests, jobs):
        """Yields (number, killed, by what) of these faults, as they end."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = {pool.submit(self.attempt, number, tests): number for number in numbers}
            for future in concurrent.futures.as_completed(futures):
                yield futures[future], *future.result()
