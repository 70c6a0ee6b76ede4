#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Proves that mapped netlists are the RTL that they were made of, for the tops of synth/asic/tops.json with "equivalence": true.

Each proof runs once more on the netlist with a broken gate, and must fail.
Exit 0: proved, and not with the broken gate; 1: a netlist differs, or could not be proved, or the broken one was; 2: an unknown top, a missing tool or library.
"""

import pathlib
import sys
import time

from synthesis import command
from synthesis.catalog import FLOW, Catalog
from synthesis.cell_models import models
from synthesis.common import FlowError, UsageError, fill, run_worker, write_changed
from synthesis.flow import Flow
from synthesis.netlist import TECHNOLOGY, with_exchange

UNPROVED = "unproven $equiv cells in 'equiv_status -assert'"


def prove(unit, cells, netlist, out):
    """Proves that a netlist is a unit; raises FlowError when that fails."""
    out.mkdir(parents=True, exist_ok=True)
    text = fill(FLOW / "equivalence.ys.in", TOP=unit.name, RTL=unit.folder, CELLS=cells, NETLIST=netlist)
    (out / "flow.ys").write_text(text, encoding="utf-8")
    run_worker("equivalence", out, unit.name, lambda log, name: None)


def prove_top(flow, top, out):
    """Proves one top, and that its netlist with a broken gate cannot be proved; returns what that gate was."""
    units = list(flow.elaborate(top).values())
    if len(units) != 1:
        raise UsageError(f"top {top} has blocks inside: prove each of them")
    cells = write_changed(out / "cells.v", models(pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"])))
    netlist, broken = flow.map(units[0], TECHNOLOGY) / "netlist.v", out / "broken"
    prove(units[0], cells, netlist, out)
    path, gate = with_exchange(netlist, broken)
    try:
        prove(units[0], cells, path, broken)
    except FlowError as error:
        if UNPROVED not in str(error):
            raise
        return gate
    raise FlowError(f"the netlist of {top} is proved to be the RTL with {gate}, too (log: {broken / 'yosys.log'})")


def work(options):
    catalog = Catalog(options.tables)
    entries = command.choose(catalog, "equivalence", "proof of its netlist", options.tops, TECHNOLOGY)
    flow = Flow(catalog, options.gen, options.build / "synth")
    for top in entries:
        begin = time.monotonic()
        gate = prove_top(flow, top, options.build / "equivalence" / top)
        print(f"  {top:<18} the netlist is the RTL, and is not with {gate}  {time.monotonic() - begin:6.1f} s", flush=True)
    return 0


def main():
    options = command.parser("equivalence", __doc__).parse_args()
    return command.exit_code("equivalence", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
