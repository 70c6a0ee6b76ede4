#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs test programs: one line per block, the whole output of a failing one, and last "N passed, N failed" test cases.

Exit 0: all passed; 1: some failed; 2: no test case matched.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

NO_TESTS = 0, 0


def test_filter(text, tier):
    """The Catch2 filter: hidden nightly tests run only when asked for."""
    if tier == "nightly":
        return text or "*"
    if not text or "nightly" in text:
        return text
    return ",".join("~[nightly]" + part for part in text.split(","))


def count(output, code):
    """(passed, failed) test cases of one program, from Catch2's summary; a program that dies counts as one failed case."""
    match = re.search(r"All tests passed \(\d+ assertions? in (\d+) test cases?\)", output)
    if match and code == 0:
        return int(match[1]), 0
    match = re.search(r"^test cases:\s*(\d+)(.*)$", output, re.M)
    if match:
        passed = re.search(r"(\d+) passed", match[2])
        passed = int(passed[1]) if passed else 0
        return passed, max(int(match[1]) - passed, 1 if code else 0)
    if "No tests ran" in output or "No test cases matched" in output:
        return NO_TESTS
    return 0, 1


def run(options, block):
    """Runs one block's program; returns (block, passed, failed, seconds)."""
    program = options.folder / block / "test"
    command = [str(program), "--seed", str(options.seed)]
    tests = test_filter(options.test, options.tier)
    if tests:
        command.append(tests)
    start = time.monotonic()
    log = options.folder / block / "test.log"
    with log.open("w", encoding="utf-8", errors="replace") as stream:
        try:
            code = subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, timeout=options.timeout, check=False).returncode
        except subprocess.TimeoutExpired:
            code = -1
            stream.write(f"\nstopped after {options.timeout} s\n")
    passed, failed = count(log.read_text(encoding="utf-8", errors="replace"), code)
    return block, passed, failed, time.monotonic() - start


def report(options, block, passed, failed, seconds):
    """One line, and for a failing block its output and the command that repeats it."""
    verdict = "FAIL" if failed else "ok" if passed else "none"
    print(f"  {verdict:<5} {block:<14} {passed:>4} passed  {failed:>3} failed  {seconds:6.1f} s", flush=True)
    if failed:
        text = (options.folder / block / "test.log").read_text(encoding="utf-8", errors="replace")
        print(text if len(text) < 20000 else text[:8000] + "\n  [...]\n" + text[-12000:])
        test = f" TEST='{options.test}'" if options.test else ""
        tier = " TIER=nightly" if options.tier == "nightly" else ""
        print(f"  repeat with: make test BLOCK={block}{test}{tier} SEED={options.seed}", flush=True)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message):
        self.exit(2, f"test: {message}\n")


def main():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where <block>/test programs lie")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tier", choices=["full", "nightly"], default="full")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--timeout", type=int, help="seconds per block (900; nightly: three hours)")
    parser.add_argument("--test", default="", help="Catch2 filter")
    parser.add_argument("blocks", nargs="+")
    options = parser.parse_args()
    options.timeout = options.timeout or (3 * 3600 if options.tier == "nightly" else 900)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(run, options, block) for block in options.blocks]
        for future in concurrent.futures.as_completed(futures):
            block, block_passed, block_failed, seconds = future.result()
            passed += block_passed
            failed += block_failed
            if block_passed or block_failed or not options.test:
                report(options, block, block_passed, block_failed, seconds)
    if passed + failed == 0:
        print(f"test: no test case matches TEST='{options.test}' in: {' '.join(options.blocks)}", file=sys.stderr)
        return 2
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
