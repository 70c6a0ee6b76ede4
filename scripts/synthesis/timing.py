# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The longest path of a top by OpenSTA, over the netlists of all its units and the library of its macros."""

import dataclasses
import re

from .catalog import FLOW
from .common import FlowError, fill, run
from .macro import liberty

PERIOD_NS = 1000.0  # longer than any path; the report gives the path, not the slack


@dataclasses.dataclass
class Path:
    """The longest path: its delay with set-up, its ends, and the cells on it as (cell type, delay)."""

    delay_ns: float
    start: str
    end: str
    stages: list


def _signal(instance):
    """The signal of a register from the name that mapping gave it."""
    return re.sub(r"(?:DFF|LATCH)\w*$", "", instance.replace("\\", ""))


SETUP = {r"There (?:is|are) \d+ combinational loops?": "a combinational loop over the edges of its blocks",
         r"There (?:is|are) \d+ unclocked register": "a register that no clock reaches"}


def check_setup(text, top, log):
    """Raises a FlowError when OpenSTA's check_setup has found something; its first line says what, those below where."""
    for pattern, meaning in SETUP.items():
        found = re.search(rf"{pattern}.*\n +(\S+)", text)
        if found:
            raise FlowError(f"timing of {top}: it has {meaning}: {found[1]} (log: {log})")


def longest_path(top, units, netlists, macros, left_out, technology, out):
    """OpenSTA's longest path. Of modules that are left out it knows nothing: paths end at their inputs and none starts at their outputs."""
    out.mkdir(parents=True, exist_ok=True)
    libraries = [technology["liberty"]]
    if macros:
        (out / "macros.lib").write_text(liberty(macros.values(), technology), encoding="utf-8")
        libraries.append(str(out / "macros.lib"))
    text = (netlists[0] / "netlist.v").read_text(encoding="utf-8")
    clocks = re.findall(r"^  input (clk\w*_i);", text, re.M)
    if not clocks:
        raise FlowError(f"timing of {top}: the module has no clock")
    script = fill(FLOW / "timing.tcl.in", TOP=next(iter(units)), LIBERTIES=" ".join(libraries), CLOCKS=" ".join(clocks),
                  NETLISTS=" ".join(str(folder / "netlist.v") for folder in netlists), PERIOD=PERIOD_NS)
    (out / "timing.tcl").write_text(script, encoding="utf-8")
    log = out / "timing.log"
    run(["sta", "-exit", "-no_splash", str(out / "timing.tcl")], log, f"timing of {top}")
    text = log.read_text(encoding="utf-8")
    check_setup(text, top, log)
    for line in text.splitlines():
        if re.search(r"^(Error|Warning):|not found|black ?box", line) and not any(re.search(rf" {name}(_\d+)* ", line) for name in left_out):
            raise FlowError(f"timing of {top} is not to be trusted: {line.strip()} (log: {log})")
    text = text.split("=== worst")[-1]
    slack = re.search(r"(-?[0-9.]+)\s+slack", text)
    start, end = re.search(r"Startpoint: (\S+)", text), re.search(r"Endpoint: (\S+)", text)
    if not (slack and start and end):
        raise FlowError(f"timing of {top}: no path in {log}")
    stages = [(cell, float(delay)) for delay, cell in re.findall(r"(-?\d+\.\d+)\s+-?\d+\.\d+ [v^] \S+ \((\w+)\)", text)]
    return Path(PERIOD_NS - float(slack[1]), _signal(start[1]), _signal(end[1]), stages)
