#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Energy per piece of work of mapped netlists, with the activity of real runs: OUT/report.md and report.json.

For each top of synth/asic/tops.json with a "power" entry (a variant's adds to its original's): its runs are carried out on the simulated machine with a
waveform of one node; what went in and out of the top there is replayed on its netlist, whose outputs must be those of the waveform; the changes of all
nets are counted and priced by OpenSTA.
Exit 0: done; 1: a tool failed, or the netlist did other than the RTL; 2: an unknown top, a missing tool or library.
"""

import json
import pathlib
import re
import sys

from synthesis import command, energy, replay
from synthesis.activity import Gates
from synthesis.catalog import FLOW, Catalog
from synthesis.common import FlowError, fill, run, run_worker
from synthesis.flow import Flow
from synthesis.netlist import TECHNOLOGY


class Bench:
    """The netlist of a top with what all its runs share: its gates, and what OpenSTA says about its cells."""

    def __init__(self, flow, top, power, build):
        self.top, self.power, self.config, self.tatami = top, power, flow.catalog.tops[top]["config"], build / "tatami"
        self.out = build / "power" / top
        self.out.mkdir(parents=True, exist_ok=True)
        liberty, units = pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"]), flow.elaborate(top)
        netlists, name = [folder / "netlist.v" for folder in flow.map_all(units, TECHNOLOGY)], next(iter(units))
        script = fill(FLOW / "netlist.ys.in", LIBERTY=liberty, NETLISTS=" ".join(map(str, netlists)), TOP=name, OUT=self.out)
        (self.out / "flow.ys").write_text(script, encoding="utf-8")
        run_worker("table", self.out, top, lambda log, name: None)
        modules = json.loads((self.out / "netlist.json").read_text(encoding="utf-8"))["modules"]
        ports = modules[name]["ports"]
        self.clocks = [port for port in ports if re.fullmatch(r"clk\w*_i", port)]
        self.ports = {port: (entry["direction"] == "output", len(entry["bits"])) for port, entry in ports.items() if port not in self.clocks}
        self.gates = Gates(modules, name, liberty, self.clocks)
        self.prices = energy.prices(name, netlists, liberty, self.clocks, self.gates.kinds, self.out)

    def measure(self, name, arguments):
        """One run: a row of the report."""
        node, work, out = self.power["node"], self.power["work"], self.out / name
        out.mkdir(parents=True, exist_ok=True)
        words = [*arguments.split(), "--config", self.config]
        run([str(self.tatami), "run", *words, "--trace", str(out / "wave.fst"), "--trace-nodes", node], out / "run.log", f"the run {name} of {self.top}")
        instance = f"node_{node.replace('x', '_')}.node_top.u_node.{self.power['instance']}"
        recording = replay.record(out / "wave.fst", instance, self.gates, self.clocks, self.ports, work)
        if not recording.work:
            raise FlowError(f"the run {name} of {self.top} does no work: the signal {work['signal']} of {instance} is never high, or there is none")
        replay.replay(self.gates, self.ports, recording, self.power.get("valid", {}))
        cycles, pieces = len(recording.rows), recording.work * work["count"]
        spent = energy.energy(self.prices, self.gates.changes(), cycles)
        return {"top": self.top, "run": name, "command": "tatami run " + " ".join(words), "cycles": cycles, "unit": work["unit"], "work": pieces,
                "clock_pj_per_cycle": spent.clock / cycles, "leakage_pj_per_cycle": spent.leakage / cycles,
                "registers_pj": spent.registers / pieces, "logic_pj": spent.logic / pieces, "total_pj": spent.dynamic / pieces}


def report(rows):
    lines = ["| top | run | clocked cycles | work | clock, per cycle | registers, per piece | logic, per piece | all, per piece |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row['top']} | {row['run']} | {row['cycles']:,} | {row['work']:,} {row['unit']}s | {row['clock_pj_per_cycle']:,.1f} pJ "
                     f"| {row['registers_pj']:,.1f} pJ | {row['logic_pj']:,.1f} pJ | {row['total_pj']:,.1f} pJ per {row['unit']} |")
    return "\n".join(lines) + "\n"


def work(options):
    catalog, rows, out = Catalog(options.tables), [], options.build / "power"
    entries = command.choose(catalog, "power", "runs for its power", options.tops, TECHNOLOGY)
    flow = Flow(catalog, options.gen, options.build / "synth")
    for top, entry in entries.items():
        print(f"  POWER  {top}: netlist", flush=True)
        power = catalog.tops[catalog.tops[top].get("variant_of", top)]["power"] | entry
        bench = Bench(flow, top, power, options.build)
        for name, arguments in power["runs"].items():
            print(f"  POWER  {top}: {name}", flush=True)
            rows.append(bench.measure(name, arguments))
    (out / "report.json").write_text(json.dumps({"cells": TECHNOLOGY, **command.tool_versions(), "rows": rows}, indent=2) + "\n", encoding="utf-8")
    (out / "report.md").write_text(report(rows), encoding="utf-8")
    print(report(rows), end="")
    return 0


def main():
    options = command.parser("power", __doc__).parse_args()
    return command.exit_code("power", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
