#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Energy per piece of work of mapped netlists, with the activity of real runs: OUT/report.md and report.json.

For each top of synth/asic/tops.json with a "power" entry: its runs are carried out on the simulated machine with a waveform; what went in and out of
the top there is replayed on its netlist, whose outputs must be those of the waveform; the changes of all nets are counted and priced by OpenSTA.
Exit 0: done; 1: a tool failed, or the netlist did other than the RTL; 2: an unknown top, a missing tool or library.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from gates import TECHNOLOGY, write_netlist
from synthesis import energy, replay
from synthesis.catalog import Catalog, check_tools
from synthesis.cell_models import outputs
from synthesis.common import FlowError, UsageError, run
from synthesis.flow import Flow

NODE = "node_0_0.node_top.u_node."


class Bench:
    """The netlist of a top with what all its runs share: the program that replays them, and what OpenSTA says about its cells."""

    def __init__(self, flow, top, options):
        self.top, self.options = top, options
        self.entry, self.out = flow.catalog.tops[top], options.out / top
        self.out.mkdir(parents=True, exist_ok=True)
        technology = flow.catalog.technologies[TECHNOLOGY]
        netlist = write_netlist(flow, top, self.out)
        self.clocks, self.ports = replay.netlist_ports(netlist.read_text(encoding="utf-8"), self.entry["module"])
        self.program = replay.build(self.entry["module"], self.clocks, self.ports, self.entry["power"]["check"], netlist, options.verilator, self.out)
        folders = [flow.map(unit, TECHNOLOGY) for unit in flow.elaborate(top).values()]
        self.outputs = outputs(pathlib.Path(technology["liberty"]))
        self.still, self.moving = energy.cell_powers(self.entry["module"], [folder / "netlist.v" for folder in folders], [technology["liberty"]], self.clocks, self.out)

    def measure(self, name, arguments):
        """One run: a row of the report."""
        power, out = self.entry["power"], self.out / name
        out.mkdir(parents=True, exist_ok=True)
        command = ["run", *arguments.split(), "--config", power["config"]]
        run([str(self.options.tatami), *command, "--trace", str(out / "wave.fst"), "--trace-nodes", "0x0"], out / "run.log", f"the run {name} of {self.top}")
        recording = replay.record(out / "wave.fst", NODE + power["instance"], self.clocks, self.ports, power["work"])
        saif = replay.replay(self.program, recording, self.ports, out)
        cycles, work = len(recording.rows), recording.work * power["work"]["count"]
        spent = energy.energy(self.still, self.moving, energy.toggles(saif, self.outputs), cycles)
        picojoules = {cause: value / work * 1e12 for cause, value in vars(spent).items()}
        return {"top": self.top, "run": name, "command": "tatami " + " ".join(command), "unit": power["work"]["unit"], "cycles": cycles, "work": work,
                "picojoules": picojoules}


def report(rows):
    lines = ["| top | run | clock cycles | work | energy per piece | clock pins | registers | logic |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        parts = row["picojoules"]
        total = parts["clock"] + parts["registers"] + parts["logic"]
        shares = " | ".join(f"{parts[cause] / total:.0%}" for cause in ("clock", "registers", "logic"))
        lines.append(f"| {row['top']} | {row['run']} | {row['cycles']:,} | {row['work']:,} {row['unit']}s | {total:.1f} pJ per {row['unit']} | {shares} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("--verilator", required=True)
    parser.add_argument("tops", nargs="*", help="default: all that have an entry")
    options = parser.parse_args()
    options.out, options.tatami = options.build / "power", options.build / "tatami"
    try:
        catalog = Catalog()
        known = [top for top, entry in catalog.tops.items() if "power" in entry]
        for top in options.tops:
            if top not in known:
                raise UsageError(f"top {top!r} has no runs for its power; those that have are {', '.join(known)}")
        check_tools({TECHNOLOGY: catalog.technologies[TECHNOLOGY]})
        flow, rows = Flow(catalog, options.gen, options.build / "synth"), []
        for top in options.tops or known:
            print(f"  POWER  {top}: netlist", flush=True)
            bench = Bench(flow, top, options)
            for name, arguments in catalog.tops[top]["power"]["runs"].items():
                print(f"  POWER  {top}: {name}", flush=True)
                rows.append(bench.measure(name, arguments))
    except UsageError as error:
        print(f"power: {error}", file=sys.stderr)
        return 2
    except FlowError as error:
        print(f"power: {error}", file=sys.stderr)
        return 1
    sta = subprocess.run(["sta", "-version"], capture_output=True, text=True, check=False).stdout.strip()
    (options.out / "report.json").write_text(json.dumps({"cells": TECHNOLOGY, "opensta": sta, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    (options.out / "report.md").write_text(report(rows), encoding="utf-8")
    print(report(rows), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
