# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Builds the tests of a group with all of its faults, and runs them with one fault after the other."""

import concurrent.futures
import os
import subprocess
import time

from .verdict import failed_case

LEAST_TIMEOUT = 20  # seconds
TIMEOUT_FACTOR = 4  # of what the test takes without a fault


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


def run(tree, test, number, seed, timeout):
    """(killed, by what, seconds) of one test with one fault; number 0 is none."""
    begin = time.monotonic()
    command = [f"build/tests-fast/{test}/test", "--seed", str(seed), "--abort", "~[nightly]"]
    environment = os.environ | {"TATAMI_MUTANT": str(number), "TATAMI_SHRINK": "0"}
    try:
        ran = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace", timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return True, f"{test}: no end after {timeout:.0f} s", time.monotonic() - begin
    return ran.returncode != 0, f"{test}: {failed_case(ran.stdout) or 'the program died'}", time.monotonic() - begin


class Trial:
    """Tests with faults, once they are built: how long each takes without a fault, and what each fault does."""

    def __init__(self, tree, tests, seed):
        self.tree, self.seed, self.timeouts = tree, seed, {}
        for test in tests:
            failed, by, seconds = run(tree, test, 0, seed, 900)
            if failed:
                raise BuildError(f"without a fault {by} fails")
            self.timeouts[test] = max(LEAST_TIMEOUT, TIMEOUT_FACTOR * seconds)

    def attempt(self, number, tests):
        """(killed, by what) by the first of these tests that notices."""
        for test in tests:
            killed, by, _ = run(self.tree, test, number, self.seed, self.timeouts[test])
            if killed:
                return True, by
        return False, ""

    def all(self, numbers, tests, jobs):
        """Yields (number, killed, by what) of these faults, as they end."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = {pool.submit(self.attempt, number, tests): number for number in numbers}
            for future in concurrent.futures.as_completed(futures):
                yield futures[future], *future.result()
