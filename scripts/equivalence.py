#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Proves that mapped netlists are the RTL that they were made of, for the tops of synth/asic/tops.json with "equivalence": true.

Exit 0: proved; 1: a netlist differs, or could not be proved; 2: an unknown top, a missing tool or library.
"""

import pathlib
import sys
import time

from synthesis import command
from synthesis.catalog import FLOW, Catalog
from synthesis.cell_models import models
from synthesis.common import UsageError, fill, run_worker
from synthesis.flow import Flow
from synthesis.netlist import TECHNOLOGY


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


def work(options):
    catalog = Catalog()
    entries = command.choose(catalog, "equivalence", "proof of its netlist", options.tops, TECHNOLOGY)
    flow = Flow(catalog, options.gen, options.build / "synth")
    for top in entries:
        begin = time.monotonic()
        prove(flow, top, options.build / "equivalence" / top)
        print(f"  {top:<18} the netlist is the RTL  {time.monotonic() - begin:6.1f} s", flush=True)
    return 0


def main():
    options = command.parser(__doc__).parse_args()
    return command.exit_code("equivalence", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
