#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Proves that mapped netlists are the RTL that they were made of, for the tops of synth/asic/tops.json with "equivalence": true.

Exit 0: proved; 1: a netlist differs, or could not be proved; 2: an unknown top, a missing tool or library.
"""

import argparse
import pathlib
import sys
import time

from synthesis.catalog import FLOW, Catalog, check_tools
from synthesis.cell_models import models
from synthesis.common import FlowError, UsageError, fill, run_worker
from synthesis.flow import Flow

TECHNOLOGY = "osu018"


def prove(flow, top, out):
    """Proves one top; raises FlowError when that fails."""
    units = list(flow.elaborate(top).values())
    if len(units) != 1:
        raise UsageError(f"top {top} has blocks inside: prove each of them")
    out.mkdir(parents=True, exist_ok=True)
    cells = out / "cells.v"
    cells.write_text(models(pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"])), encoding="utf-8")
    netlist = flow.map(units[0], TECHNOLOGY) / "netlist.v"
    text = fill(FLOW / "equivalence.ys.in", TOP=units[0].name, RTL=units[0].folder, CELLS=cells, NETLIST=netlist)
    (out / "flow.ys").write_text(text, encoding="utf-8")
    run_worker("equivalence", out, top, lambda log, name: None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("tops", nargs="*", help="default: all that have the entry")
    options = parser.parse_args()
    try:
        catalog = Catalog()
        known = [top for top, entry in catalog.tops.items() if entry.get("equivalence")]
        for top in options.tops:
            if top not in known:
                raise UsageError(f"top {top!r} is not among those whose netlist is proved: {', '.join(known)}")
        check_tools({TECHNOLOGY: catalog.technologies[TECHNOLOGY]})
        flow = Flow(catalog, options.gen, options.build / "synth")
        for top in options.tops or known:
            begin = time.monotonic()
            prove(flow, top, options.build / "equivalence" / top)
            print(f"  {top:<18} the netlist is the RTL  {time.monotonic() - begin:6.1f} s", flush=True)
    except UsageError as error:
        print(f"equivalence: {error}", file=sys.stderr)
        return 2
    except FlowError as error:
        print(f"equivalence: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
