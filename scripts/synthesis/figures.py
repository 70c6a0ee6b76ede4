# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The figures of one top in one technology: cells, area by block, longest path."""

import dataclasses
import json
import time

from .timing import longest_path

TREE_DEPTH = 3


@dataclasses.dataclass
class Area:
    """What a module holds, with everything below it."""

    cells: int = 0
    registers: int = 0
    macros: int = 0
    um2: float = 0.0
    register_um2: float = 0.0
    macro_um2: float = 0.0

    def add(self, other, times=1):
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + times * getattr(other, field.name))


def _is_register(cell):
    return cell.startswith(("DFF", "LATCH"))


class Tree:
    """Area of the units of one top, each counted once and used as often as it is instantiated."""

    def __init__(self, counts, macros, left_out, technology):
        self.counts, self.macros, self.left_out, self.technology = counts, macros, left_out, technology
        self.known = {}

    def own(self, name):
        """The cells of a unit without the units in it."""
        cells = self.counts[name]
        area = Area()
        for cell, count in cells["num_cells_by_type"].items():
            if cell in self.macros:
                size = self.macros[cell].area(self.technology)
                area.add(Area(macros=1, um2=size, macro_um2=size), count)
            elif cell not in self.counts and cell not in self.left_out:
                area.cells += count
                area.registers += count if _is_register(cell) else 0
        area.um2 += cells.get("area", 0)
        area.register_um2 += cells.get("sequential_area", 0)
        return area

    def total(self, name):
        if name not in self.known:
            area = self.own(name)
            for child, count in self.children(name):
                area.add(self.total(child), count)
            self.known[name] = area
        return self.known[name]

    def children(self, name):
        return [(cell, count) for cell, count in self.counts[name]["num_cells_by_type"].items() if cell in self.counts]

    def blocks(self, name, depth=TREE_DEPTH):
        """The area by block as a tree of {name, instances, um2, parts}; macros and what is left are parts, too."""
        node = {"name": name, "um2": round(self.total(name).um2, 1)}
        own = self.own(name)
        if depth == 0 or not self.children(name) and not own.macros:
            return node
        parts = [{**self.blocks(child, depth - 1), "instances": count} for child, count in self.children(name)]
        for part in parts:
            part["um2"] = round(part["um2"] * part["instances"], 1)
        if own.macros:
            parts.append({"name": "memory macros", "instances": own.macros, "um2": round(own.macro_um2, 1)})
        parts.append({"name": "rest", "instances": 1, "um2": round(own.um2 - own.macro_um2, 1)})
        node["parts"] = sorted(parts, key=lambda part: -part["um2"])
        return node


def synthesize(flow, top, technology_name):
    """All figures of one top in one technology."""
    start = time.monotonic()
    technology = flow.catalog.technologies[technology_name]
    units = flow.elaborate(top)
    macros = flow.macros(units)
    netlists = flow.map_all(units, technology_name)
    counts = {name: json.loads((folder / "cells.json").read_text(encoding="utf-8"))["modules"]["\\" + name] for name, folder in zip(units, netlists)}
    left_out = flow.catalog.tops[top].get("without", [])
    tree = Tree(counts, macros, left_out, technology)
    area = tree.total(next(iter(units)))
    path = longest_path(top, units, netlists, macros, left_out, technology, flow.out / "timing" / technology_name / top)
    return {
        "top": top, "technology": technology_name, "cells": area.cells, "registers": area.registers, "macros": area.macros,
        "area_um2": round(area.um2, 1), "macro_um2": round(area.macro_um2, 1), "register_um2": round(area.register_um2, 1),
        "kilo_gates": round(area.um2 / technology["gate_area_um2"] / 1000, 2),
        "logic_kilo_gates": round((area.um2 - area.macro_um2) / technology["gate_area_um2"] / 1000, 2),
        "path_ns": round(path.delay_ns, 3), "path_fo4": round(path.delay_ns / technology["fo4_ns"], 1), "mhz": round(1000 / path.delay_ns, 1),
        "path_from": path.start, "path_to": path.end, "path_cells": len(path.stages),
        "blocks": tree.blocks(next(iter(units))), "seconds": round(time.monotonic() - start, 1)}
