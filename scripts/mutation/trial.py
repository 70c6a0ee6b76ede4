# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Builds the tests of a group with all of its faults, and runs them with one fault after the other."""

import concurrent.futures
import os
import resource
import signal
import subprocess

from .verdict import failed_case

LEAST_LIMIT = 20  # seconds
LIMIT_FACTOR = 4  # of what the test takes without a fault


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


def run(tree, test, number, seed, limit):
    """(killed, by what) of one test with one fault; number 0 is none. The limit is in seconds of the processor, so that a
    machine that is busy with other things ends no test."""
    command = ["prlimit", f"--cpu={limit}", f"build/tests-fast/{test}/test", "--seed", str(seed), "--abort", "~[nightly]"]
    environment = os.environ | {"TATAMI_MUTANT": str(number), "TATAMI_SHRINK": "0"}
    ran = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace", check=False)
    if ran.returncode == -signal.SIGXCPU:
        return True, f"{test}: no end after {limit} s"
    return ran.returncode != 0, f"{test}: {failed_case(ran.stdout) or 'the program died'}"


def processor_seconds():
    """Of all programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Trial:
    """Tests with faults, once they are built: how long each takes without a fault, and what each fault does."""

    def __init__(self, tree, tests, seed):
        self.tree, self.seed, self.limits = tree, seed, {}
        for test in tests:
            begin = processor_seconds()
            failed, by = run(tree, test, 0, seed, 900)
            if failed:
                raise BuildError(f"without a fault {by} fails")
            self.limits[test] = round(max(LEAST_LIMIT, LIMIT_FACTOR * (processor_seconds() - begin)))

    def attempt(self, number, tests):
        """(killed, by what) by the first of these tests that notices."""
        for test in tests:
            killed, by = run(self.tree, test, number, self.seed, self.limits[test])
            if killed:
                return True, by
        return False, ""

    def all(self, numbers, tests, jobs):
        """Yields (number, killed, by what) of these faults, as they end."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = {pool.submit(self.attempt, number, tests): number for number in numbers}
            for future in concurrent.futures.as_completed(futures):
                yield futures[future], *future.result()
