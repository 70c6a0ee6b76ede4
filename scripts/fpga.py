#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Use and frequency of the tops of synth/fpga/tops.json on an FPGA, placed and routed: OUT/report.md and report.json.

Yosys (read_slang, synth_ecp5) and nextpnr-ecp5. A top with pins gets a bitstream, too: OUT/linked/TOP/TOP.bit.
Exit 0: all fit and reach their frequency; 1: one does not, a tool failed, or a netlist is not what the RTL says (a latch, a signal
without a driver or with several, a value cut short); 2: an unknown top or device, a missing tool.
"""

import functools
import importlib.metadata
import sys
import time

from synthesis import command, device_report, place
from synthesis.catalog import Catalog
from synthesis.device_flow import FLOW, DeviceFlow


def implement(flow, top, name):
    """All figures of one top on one device."""
    start = time.monotonic()
    entry, device = flow.catalog.tops[top], flow.catalog.technologies[name]
    units = flow.elaborate(top)
    netlists = [flow.map(unit, entry["goal"]) for unit in units.values()]
    blocks = flow.blocks(units, netlists)
    row = {"top": top, "device": name, "needs": device_report.needs(blocks), "blocks": device_report.shares(blocks), "goal_mhz": entry["mhz"]}
    row["misfit"] = device_report.misfit(row["needs"], device)
    if not row["misfit"]:
        folder = flow.link(top, units, netlists)
        placed = place.place(top, device, entry, folder)
        row |= {"mhz": round(placed.mhz, 1), "path_ns": round(1000 / placed.mhz, 2), "logic_ns": round(placed.delay("logic"), 2),
                "routing_ns": round(placed.delay("routing"), 2), "path_from": placed.start, "path_to": placed.end, "needs": device_report.used(row["needs"], placed.use)}
        if "pins" in entry:
            place.bitstream(top, folder)
    return row | {"seconds": round(time.monotonic() - start, 1)}


def run(catalog, options):
    """The figures of all chosen tops, in the order of the table; one line as each is ready."""
    chosen = catalog.choose(options.tops, options.tier, options.device)
    flow = DeviceFlow(catalog, options.gen, options.out)

    def line(row):
        speed = "does not fit" if row["misfit"] else f"{row['mhz']:6.1f} MHz"
        return f"{row['needs']['luts']:7} LUTs  {speed}"

    return command.run_all(chosen, options.jobs, functools.partial(implement, flow), line)


def complaint(row):
    """What is wrong with a top: a sentence, or nothing."""
    if row["misfit"]:
        return f"{row['top']} does not fit {row['device']}: {row['misfit']}"
    if row["mhz"] < row["goal_mhz"]:
        return f"{row['top']} reaches {row['mhz']} MHz of {row['goal_mhz']:g} on {row['device']}"
    return ""


def parse():
    parser = command.FlowParser("fpga", __doc__, FLOW, "device")
    parser.add_argument("--placer", default=place.PLACER, help="nextpnr-ecp5 as build/venv/bin has it")
    return parser.parse_args()


def work(options):
    catalog = Catalog(options.tables)
    tools = {"pyosys": importlib.metadata.version("pyosys"), "nextpnr-ecp5": place.version(options.placer)}
    options.out.mkdir(parents=True, exist_ok=True)
    rows = run(catalog, options)
    print(device_report.write(catalog, rows, tools, options.out), end="")
    complaints = [text for text in map(complaint, rows) if text]
    for text in complaints:
        print(f"fpga: {text}", file=sys.stderr)
    return 1 if complaints else 0


def main():
    options = parse()
    return command.exit_code("fpga", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
