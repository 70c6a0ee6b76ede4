#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests of a block on gates: the mapped netlist of a top, or of some modules in it, takes the place of its RTL in the bench of the block.

The tops are those of synth/asic/tops.json with a "gates" entry; cells are modelled by their functions in the liberty file, without delay. The tests
then run once more with a broken gate, the register "fault" stuck at 0, which some must notice, and all must run: a crash is no test that notices.
Exit 0: all tests passed, and some failed with the broken gate; 1: otherwise, or when the flow fails; 2: an unknown top, a missing tool or library.
"""

import re
import subprocess
import sys

from synthesis import command
from synthesis.catalog import Catalog
from synthesis.common import FlowError, make_environment
from synthesis.flow import Flow
from synthesis.netlist import TECHNOLOGY, with_fault, write_gates


def run_tests(entry, netlist, folder, seed, show=False):
    """`make test` in a build folder of its own, with its output in a file and shown, if wanted; returns how many test cases (passed, failed), and the file."""
    variables = {"BUILD": folder, "BLOCK": entry["block"], "TEST": entry["test"], "NETLIST": netlist, "NETLIST_TOP": entry.get("bench", ""), "SEED": seed}
    command = ["make", "--no-print-directory", "test", *(f"{name}={value}" for name, value in variables.items())]
    log = folder / "test.log"
    with log.open("w", encoding="utf-8") as stream:
        with subprocess.Popen(command, env=make_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace") as process:
            for line in process.stdout:
                stream.write(line)
                if show:
                    print(line, end="", flush=True)
    totals = re.search(r"^(\d+) passed, (\d+) failed$", log.read_text(encoding="utf-8"), re.M)
    if not totals:
        raise FlowError(f"the tests of block {entry['block']} did not run (log: {log})")
    return int(totals[1]), int(totals[2]), log


def noticed(entry, netlist, folder, seed, healthy):
    """How many of the tests that ran on the healthy netlist notice the broken gate."""
    passed, failed, log = run_tests(entry, with_fault(netlist, entry["fault"], folder), folder, seed)
    if passed + failed != healthy:
        raise FlowError(f"with {entry['fault']} stuck at 0, {passed + failed} tests of block {entry['block']} ran to their end, not {healthy} (log: {log})")
    if not failed:
        raise FlowError(f"no test of block {entry['block']} failed with {entry['fault']} stuck at 0 (log: {log})")
    return failed


def work(options):
    catalog, failed = Catalog(options.tables), []
    entries = command.choose(catalog, "gates", "gate-level tests", options.tops, TECHNOLOGY)
    flow = Flow(catalog, options.gen, options.build / "synth")
    for top, entry in entries.items():
        folder = options.build / "gates" / top
        modules = entry.get("modules")
        path = write_gates(flow, top, modules, folder)
        print(f"  GATES  {' and '.join(modules or [top])}: tests of block {entry['block']}", flush=True)
        passed, wrong, _ = run_tests(entry, path, folder, options.seed, show=True)
        if wrong:
            failed.append(top)
        else:
            count = noticed(entry, path, folder / "broken", options.seed, passed)
            print(f"  FAULT  {entry['fault']} stuck at 0: {count} of {passed} tests notice", flush=True)
    if failed:
        print(f"gates: failed: {', '.join(failed)}; repeat with: make gates TOP='{' '.join(failed)}' SEED={options.seed}", file=sys.stderr)
    return 1 if failed else 0


def main():
    parser = command.parser("gates", __doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    return command.exit_code("gates", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
