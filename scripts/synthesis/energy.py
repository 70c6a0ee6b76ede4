# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Energy of a netlist in a run, from how often its nets changed and what a change costs, in pJ.

OpenSTA 2.0 takes no activity per pin. So it gives the power of each cell, with its load and slews, at two activities of all nets: none, and
one change per cycle. The energy of a cell in a run lies on the line between: what it takes in every cycle, and what each change of its outputs adds.
Its internal power is put right by kind of cell (cell_energy.py).
"""

import dataclasses
import re

from .catalog import FLOW
from .cell_energy import Internal, corrections, probe
from .common import FlowError, fill, run, write_changed

PERIOD_NS = 10
ROW = re.compile(r"^\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S.*)$")


@dataclasses.dataclass
class Price:
    """What one cell takes."""

    internal: Internal
    switching: float  # of the charge of the load, per change
    leakage: float  # per cycle of PERIOD_NS

    @property
    def change(self):
        return self.internal.change + self.switching


@dataclasses.dataclass
class Energy:
    """Of a whole run, by cause; leakage is at the clock of PERIOD_NS."""

    clock: float = 0
    registers: float = 0
    logic: float = 0
    leakage: float = 0

    @property
    def dynamic(self):
        return self.clock + self.registers + self.logic


def ask(top, netlists, liberty, clocks, out):
    """{cell: Price} as OpenSTA has it."""
    script = fill(FLOW / "power.tcl.in", TOP=top, LIBERTY=liberty, CLOCKS=" ".join(clocks), PERIOD=PERIOD_NS, NETLISTS=" ".join(map(str, netlists)))
    (out / "power.tcl").write_text(script, encoding="utf-8")
    log = out / "power.log"
    run(["sta", "-exit", "-no_splash", str(out / "power.tcl")], log, f"power of {top}")
    text = log.read_text(encoding="utf-8")
    if error := re.search(r"^(Error|Warning):.*", text, re.M):
        raise FlowError(f"power of {top} is not to be trusted: {error[0]} (log: {log})")
    still, moving = map(powers, text.split("=== activity")[1:])
    return {cell: Price(Internal(moving[cell][0] - internal, internal), moving[cell][1] - switching, leakage)
            for cell, (internal, switching, leakage) in still.items()}


def powers(report):
    """{cell: (internal, switching, leakage)} of a report of OpenSTA, in pJ per cycle."""
    rows = [match for match in map(ROW.match, report.splitlines()) if match and match[1][0].isdigit()]
    return {row[5].replace("\\\\", "\\"): tuple(float(watts) * PERIOD_NS * 1e3 for watts in row.group(1, 2, 3)) for row in rows}


def prices(top, netlists, liberty, clocks, kinds, out):
    """{cell: Price} of a netlist whose cells are of these kinds, {cell: kind}."""
    alone = write_changed(out / "probe" / "probe.v", probe(liberty))
    factors = corrections(liberty, {cell: price.internal for cell, price in ask("probe", [alone], liberty, ["clk"], alone.parent).items()})
    found = ask(top, netlists, liberty, clocks, out)
    for cell, kind in kinds.items():
        if cell not in found:
            raise FlowError(f"cell {cell} of the simulation is not in the netlist that OpenSTA read")
        found[cell].internal.change *= factors[kind].change
        found[cell].internal.cycle *= factors[kind].cycle
    blocks = {cell.rpartition("/")[0] for cell in kinds}
    if missing := found.keys() - kinds.keys() - blocks:
        raise FlowError(f"{len(missing)} cells of the netlist are not in the simulation, such as {min(missing)}")
    return {cell: found[cell] for cell in kinds}


def energy(cells, changes, cycles):
    """The Energy of a run of so many cycles, in which the outputs of each cell changed so often."""
    result = Energy()
    for cell, price in cells.items():
        result.clock += cycles * price.internal.cycle
        result.leakage += cycles * price.leakage
        if price.internal.cycle:
            result.registers += changes[cell] * price.change
        else:
            result.logic += changes[cell] * price.change
    return result
