# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The mapped netlist of a top with the models of its cells, as Verilator reads it."""

import dataclasses
import pathlib
import re

from .cell_models import models

TECHNOLOGY = "osu018"


@dataclasses.dataclass
class Netlist:
    """All units of a top: one file with models of the cells, where the top is called as in the RTL, and the files that mapping wrote."""

    path: pathlib.Path
    name: str  # of the top in those
    units: list


def write_netlist(flow, top, out):
    """Maps a top and writes its netlist into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    elaborated = flow.elaborate(top)
    units = [folder / "netlist.v" for folder in flow.map_all(elaborated, TECHNOLOGY)]
    name = next(iter(elaborated))
    # Code for a unit is made once, not for each of its instances.
    texts = [re.sub(r"^(module [^;]*;)", r"\1 /* verilator no_inline_module */", unit.read_text(encoding="utf-8"), flags=re.M) for unit in units]
    texts[0] = texts[0].replace(f"module {name}(", f"module {flow.catalog.tops[top]['module']}(")
    texts.append(models(pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"])))
    path = out / "netlist.v"
    path.write_text("/* verilator lint_off DECLFILENAME */\n" + "\n".join(texts), encoding="utf-8")
    return Netlist(path, name, units)
