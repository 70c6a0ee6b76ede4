# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Energy of a netlist in a run, from how often its nets changed and what OpenSTA says that a change costs.

OpenSTA 2.0 takes no activity per pin. So it gives the power of each cell, with its load and slews, at two activities of all nets: none, and
one change per cycle. The energy of a cell in a run lies on the line between: what it takes in every cycle, and what each change of its outputs adds.
"""

import dataclasses
import re

from .catalog import FLOW
from .common import FlowError, fill, run

PERIOD_NS = 10
ROW = re.compile(r"^\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S.*)$")


@dataclasses.dataclass
class Energy:
    """Joules in a whole run, by cause; leakage is at the clock of PERIOD_NS."""

    clock: float
    registers: float
    logic: float
    leakage: float

    @property
    def dynamic(self):
        return self.clock + self.registers + self.logic


def cell_powers(top, netlists, libraries, clocks, out):
    """Per activity (0, 1): {cell: (watts without leakage, leakage)}."""
    script = fill(FLOW / "power.tcl.in", TOP=top, LIBERTIES=" ".join(libraries), CLOCKS=" ".join(clocks), PERIOD=PERIOD_NS, NETLISTS=" ".join(map(str, netlists)))
    (out / "power.tcl").write_text(script, encoding="utf-8")
    log = out / "power.log"
    run(["sta", "-exit", "-no_splash", str(out / "power.tcl")], log, f"power of {top}")
    text = log.read_text(encoding="utf-8")
    if error := re.search(r"^(Error|Warning):.*", text, re.M):
        raise FlowError(f"power of {top} is not to be trusted: {error[0]} (log: {log})")
    powers = []
    for part in text.split("=== activity")[1:]:
        rows = [match.groups() for match in map(ROW.match, part.splitlines()) if match and match[1][0].isdigit()]
        powers.append({name.replace("\\\\", "\\"): (float(internal) + float(switching), float(leakage)) for internal, switching, leakage, _, name in rows})
    return powers


def energy(still, moving, counts, cycles):
    """The energy of a run of so many cycles."""
    second = PERIOD_NS * 1e-9
    result = Energy(0, 0, 0, cycles * second * sum(leakage for _, leakage in still.values()))
    for cell, count in counts.items():
        if cell not in still:
            raise FlowError(f"cell {cell} of the simulation is not in the netlist that OpenSTA read")
        idle, change = still[cell][0], moving[cell][0] - still[cell][0]
        result.clock += cycles * second * idle
        if idle:
            result.registers += count * second * change
        else:
            result.logic += count * second * change
    blocks = {cell.rpartition("/")[0] for cell in counts}
    if missing := still.keys() - counts.keys() - blocks:
        raise FlowError(f"{len(missing)} cells of the netlist are not in the simulation, such as {min(missing)}")
    return result
