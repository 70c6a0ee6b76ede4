# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""From a top to a netlist of FPGA cells: each module is mapped on its own as for standard cells (see flow.py), then all are linked.

A top that has "pins" (an LPF file) has no ring around it.
"""

import collections
import hashlib
import importlib.metadata
import pathlib
import re

from .common import fill, run_worker
from .flow import Flow
from .log import check_log
from .ring import ports, ring

FLOW = pathlib.Path("synth/fpga")
# A top's "goal" is "speed" or "area": abc's longer script brings the function lane from 38 to 50 MHz, for 18 % more LUTs.
ABC = {"speed": "scratchpad -copy abc9.script.flow abc9.script", "area": ""}


def instance(cell):
    """The path of the instance that a cell of a flat netlist stands in: `core/vector/matrix`, without numbers and blocks of generate."""
    return "/".join(part.removeprefix("u_") for part in re.sub(r"\[\d+\]", "", cell).split(".") if part.startswith("u_"))


class DeviceFlow(Flow):
    """Elaborates and maps the modules of tops, and links them."""

    def map(self, unit, goal):
        """Maps one unit for "speed" or "area"; returns the folder with netlist.il."""
        digest = hashlib.sha256((importlib.metadata.version("pyosys") + goal).encode())
        for path in (unit.folder / "elaborated.il", FLOW / "map.ys.in", FLOW / "write_ports_map.v"):
            digest.update(path.read_bytes())
        folder = self.out / "mapped" / f"{unit.name}-{digest.hexdigest()[:12]}"
        with self._once(folder):
            if not (folder / "netlist.il").is_file():
                folder.mkdir(parents=True, exist_ok=True)
                text = fill(FLOW / "map.ys.in", IN=unit.folder, OUT=folder, TOP=unit.name, ABC=ABC[goal])
                (folder / "flow.ys").write_text(text, encoding="utf-8")
                run_worker("map", folder, unit.name, check_log)
        return folder

    def blocks(self, units, netlists):
        """The cells of a top by the instance that they stand in: {path: {cell type: count}}; nothing is optimised across units yet."""
        found = {name: re.findall(r"^  cell \\?(\S+) \\?(\S+)$", (path / "netlist.il").read_text(encoding="utf-8"), re.M) for name, path in zip(units, netlists)}
        blocks, waiting = collections.defaultdict(collections.Counter), [(next(iter(units)), "")]
        while waiting:
            unit, path = waiting.pop()
            for kind, cell in found[unit]:
                place = "/".join(part for part in (path, instance(cell)) if part)
                if kind in found:
                    waiting.append((kind, place))
                else:
                    blocks[place][kind] += 1
        return blocks

    def link(self, top, units, netlists):
        """The netlist of a top for the placer; returns its folder, with netlist.json."""
        entry, name = self.catalog.tops[top], next(iter(units))
        folder = self.out / "linked" / top
        folder.mkdir(parents=True, exist_ok=True)
        reads = [f"read_rtlil {path / 'netlist.il'}" for path in netlists]
        if "pins" not in entry:
            interface = ports((units[name].folder / "elaborated.il").read_text(encoding="utf-8"), name)
            (folder / "ring.v").write_text(ring(name, interface), encoding="utf-8")
            reads.append(f"read_verilog {folder / 'ring.v'}")
        text = fill(FLOW / "link.ys.in", READS="\n".join(reads), OUT=folder, TOP=name if "pins" in entry else "ring")
        (folder / "flow.ys").write_text(text, encoding="utf-8")
        run_worker("map", folder, top, check_log)
        return folder
