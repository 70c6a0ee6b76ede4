#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests of a block on gates: the mapped netlist of a top takes the place of its RTL in the bench of the same block.

The tops are those of synth/asic/tops.json with a "gates" entry; cells are modelled by their functions in the liberty file, without delay.
Exit 0: all tests passed; 1: some failed, or the flow did; 2: an unknown top, a missing tool or library.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

from synthesis.catalog import Catalog, check_tools
from synthesis.cell_models import models
from synthesis.common import FlowError, UsageError
from synthesis.flow import Flow

TECHNOLOGY = "osu018"


def write_netlist(flow, top, out):
    """One file with the netlists of all units of a top and the models of the cells."""
    out.mkdir(parents=True, exist_ok=True)
    folders = [flow.map(unit, TECHNOLOGY) for unit in flow.elaborate(top).values()]
    # Code for a unit is made once, not for each of its instances.
    texts = [re.sub(r"^(module [^;]*;)", r"\1 /* verilator no_inline_module */", (folder / "netlist.v").read_text(encoding="utf-8"), flags=re.M) for folder in folders]
    texts.append(models(pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"])))
    path = out / "netlist.v"
    path.write_text("/* verilator lint_off DECLFILENAME */\n" + "\n".join(texts), encoding="utf-8")
    return path


def run_tests(entry, netlist, folder, seed):
    """`make test` in a build folder of its own; returns its exit code."""
    command = ["make", "--no-print-directory", "test", f"BUILD={folder}", f"BLOCK={entry['block']}", f"TEST={entry['test']}", f"NETLIST={netlist}", f"SEED={seed}"]
    clean = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")}
    return subprocess.run(command, env=clean, check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("tops", nargs="*", help="default: all that have an entry")
    options = parser.parse_args()
    try:
        catalog = Catalog()
        entries = {top: entry["gates"] for top, entry in catalog.tops.items() if "gates" in entry}
        for top in options.tops:
            if top not in entries:
                raise UsageError(f"top {top!r} has no gate-level tests; those that have are {', '.join(entries)}")
        check_tools({TECHNOLOGY: catalog.technologies[TECHNOLOGY]})
        flow, failed = Flow(catalog, options.gen, options.build / "synth"), []
        for top in options.tops or entries:
            netlist = write_netlist(flow, top, options.build / "gates" / top)
            print(f"  GATES  {top}: tests of block {entries[top]['block']}", flush=True)
            if run_tests(entries[top], netlist, options.build / "gates" / top, options.seed):
                failed.append(top)
    except UsageError as error:
        print(f"gates: {error}", file=sys.stderr)
        return 2
    except FlowError as error:
        print(f"gates: {error}", file=sys.stderr)
        return 1
    if failed:
        print(f"gates: failed: {', '.join(failed)}; repeat with: make gates TOP='{' '.join(failed)}' SEED={options.seed}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
