#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Energy per piece of work of mapped netlists, with the activity of real runs: OUT/report.md and report.json.

For each top of synth/asic/tops.json with a "power" entry: its runs are carried out on the simulated machine with a waveform; what went in and out of
the top there is replayed on its netlist, whose outputs must be those of the waveform; the changes of all nets are counted and priced by OpenSTA.
Exit 0: done; 1: a tool failed, or the netlist did other than the RTL; 2: an unknown top, a missing tool or library.
"""

import json
import pathlib
import subprocess
import sys

from synthesis import command, energy, replay
from synthesis.catalog import Catalog
from synthesis.cell_models import outputs
from synthesis.common import run
from synthesis.flow import Flow
from synthesis.netlist import TECHNOLOGY, write_netlist

NODE = "node_0_0.node_top.u_node."


class Bench:
    """The netlist of a top with what all its runs share: the program that replays them, and what OpenSTA says about its cells."""

    def __init__(self, flow, top, options):
        self.top, self.options = top, options
        self.entry, self.out = flow.catalog.tops[top], options.build / "power" / top
        self.out.mkdir(parents=True, exist_ok=True)
        liberty = flow.catalog.technologies[TECHNOLOGY]["liberty"]
        netlist, module = write_netlist(flow, top, self.out), self.entry["module"]
        self.clocks, self.ports = replay.netlist_ports(netlist.path.read_text(encoding="utf-8"), module)
        self.program = replay.build(module, self.clocks, self.ports, self.entry["power"]["check"], netlist.path, options, self.out)
        self.outputs = outputs(pathlib.Path(liberty))
        self.still, self.moving = energy.cell_powers(netlist.name, netlist.units, [liberty], self.clocks, self.out)

    def measure(self, name, arguments):
        """One run: a row of the report."""
        power, out = self.entry["power"], self.out / name
        out.mkdir(parents=True, exist_ok=True)
        words = ["run", *arguments.split(), "--config", power["config"]]
        run([str(self.options.build / "tatami"), *words, "--trace", str(out / "wave.fst"), "--trace-nodes", "0x0"], out / "run.log", f"the run {name} of {self.top}")
        recording = replay.record(out / "wave.fst", NODE + power["instance"], self.clocks, self.ports, power["work"])
        saif = replay.replay(self.program, recording, out)
        cycles, work = len(recording.rows), recording.work * power["work"]["count"]
        spent = energy.energy(self.still, self.moving, energy.toggles(saif, self.outputs), cycles)
        picojoules = {cause: value / work * 1e12 for cause, value in vars(spent).items()}
        return {"top": self.top, "run": name, "command": "tatami " + " ".join(words), "unit": power["work"]["unit"], "cycles": cycles, "work": work,
                "picojoules": picojoules}


def report(rows):
    lines = ["| top | run | clock cycles | work | energy per piece | clock pins | registers | logic |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        parts = row["picojoules"]
        total = parts["clock"] + parts["registers"] + parts["logic"]
        shares = " | ".join(f"{parts[cause] / total:.0%}" for cause in ("clock", "registers", "logic"))
        lines.append(f"| {row['top']} | {row['run']} | {row['cycles']:,} | {row['work']:,} {row['unit']}s | {total:.1f} pJ per {row['unit']} | {shares} |")
    return "\n".join(lines) + "\n"


def work(options):
    catalog, rows, out = Catalog(), [], options.build / "power"
    entries = command.choose(catalog, "power", "runs for its power", options.tops, TECHNOLOGY)
    flow = Flow(catalog, options.gen, options.build / "synth")
    for top, entry in entries.items():
        print(f"  POWER  {top}: netlist", flush=True)
        bench = Bench(flow, top, options)
        for name, arguments in entry["runs"].items():
            print(f"  POWER  {top}: {name}", flush=True)
            rows.append(bench.measure(name, arguments))
    (out / "report.json").write_text(json.dumps({"cells": TECHNOLOGY, **command.tool_versions(), "rows": rows}, indent=2) + "\n", encoding="utf-8")
    (out / "report.md").write_text(report(rows), encoding="utf-8")
    print(report(rows), end="")
    return 0


def main():
    parser = command.parser(__doc__)
    parser.add_argument("--verilator", required=True)
    parser.add_argument("--make-arguments", required=True, help="how the make of a folder that Verilator wrote is called")
    options = parser.parse_args()
    return command.exit_code("power", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
