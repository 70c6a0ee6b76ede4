# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""From a top to netlists: every module that the top is made of is elaborated and mapped once, all others are flattened into it.

A mapped module is kept under the hash of its elaborated netlist, of the flow and of the cells: what stands in several tops, or did not
change since the last run, is not mapped again.
"""

import dataclasses
import hashlib
import importlib.metadata
import json
import pathlib
import threading

import elaborate as front_end

from .catalog import FLOW, generate_package
from .common import fill, run_worker
from .log import check_log
from .macro import macro_of

FLOW_FILES = ("map.ys.in", "latch_map.v", "abc.script")


@dataclasses.dataclass
class Unit:
    """A module with its parameters, elaborated."""

    name: str
    folder: pathlib.Path
    children: dict  # variant: [module, parameters]
    text: str = dataclasses.field(repr=False, default="")


class Flow:
    """Elaborates and maps the modules of tops; safe to use from several threads."""

    def __init__(self, catalog, gen, out):
        self.catalog, self.gen, self.out = catalog, gen, out
        self.boxes = {name: kind["parameters"] for name, kind in catalog.macros.items()} | catalog.blocks
        self.locks, self.lock = {}, threading.Lock()

    def _once(self, key):
        """The lock of one piece of work: the second who wants it waits for the first."""
        with self.lock:
            return self.locks.setdefault(key, threading.Lock())

    def sources(self, top):
        """The files and options that the front end reads for a top."""
        entry = self.catalog.tops[top]
        name, _ = self.catalog.configuration(top)
        with self._once(("gen", name)):
            return entry["sources"] if "sources" in entry else front_end.sources(str(generate_package(self.catalog, top, self.gen, self.out)))

    def elaborate(self, top, alone=()):
        """All units of a top, by name; its own comes first. Modules named in `alone`, which are flattened into their parents otherwise, are units, too."""
        entry = self.catalog.tops[top]
        name, _ = self.catalog.configuration(top)
        sources = self.sources(top)
        units, waiting = {}, [(entry["module"], entry.get("parameters", {})), *((module, {}) for module in alone if module not in self.catalog.blocks)]
        while waiting:
            module, parameters = waiting.pop(0)
            unit = self._elaborate(name, module, parameters, " ".join(sources))
            units[unit.name] = unit
            for variant, (child, values) in unit.children.items():
                if child in self.catalog.blocks and variant not in units and child not in entry.get("without", []):
                    waiting.append((child, values))
        return units

    def _elaborate(self, configuration, module, parameters, sources):
        name = "_".join([module, *map(str, parameters.values())])
        folder = self.out / "elaborated" / configuration / name
        with self._once(folder):
            if (folder.parent, name) not in self.locks:
                folder.mkdir(parents=True, exist_ok=True)
                job = {"module": module, "parameters": parameters, "boxes": self.boxes, "inside": self.catalog.inside, "watched": self.catalog.watched,
                       "latches": module in self.catalog.latches, "sources": sources}
                (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
                run_worker("elaborate", folder, name, check_log)
                self.locks[(folder.parent, name)] = None
        return Unit(name, folder, json.loads((folder / "children.json").read_text(encoding="utf-8")))

    def macro_kinds(self, units):
        """Of the macros that units hold, by name, the module and its parameters."""
        return {variant: kind for unit in units.values() for variant, kind in unit.children.items() if kind[0] in self.catalog.macros}

    def macros(self, units):
        """The macros of a top, by name."""
        return {variant: macro_of(variant, self.catalog.macros[module], values) for variant, (module, values) in self.macro_kinds(units).items()}

    def map_all(self, units, technology):
        """The folders of all units of a top, its own first."""
        return [self.map(unit, technology, inside=index > 0) for index, unit in enumerate(units.values())]

    def map(self, unit, technology, inside=False):
        """Maps one unit, that of a top or one inside it; returns the folder with netlist.v and cells.json."""
        constraints = "block.constr" if inside else "top.constr"
        cells = self.catalog.technologies[technology]
        digest = hashlib.sha256(importlib.metadata.version("pyosys").encode())
        for path in [unit.folder / "elaborated.il", *(FLOW / name for name in (*FLOW_FILES, constraints)), pathlib.Path(cells["liberty"])]:
            digest.update(path.read_bytes())
        folder = self.out / "mapped" / technology / f"{unit.name}-{digest.hexdigest()[:12]}"
        with self._once(folder):
            if not (folder / "netlist.v").is_file():
                folder.mkdir(parents=True, exist_ok=True)
                dont_use = " ".join(f"-dont_use {name}" for name in cells["dont_use"])
                text = fill(FLOW / "map.ys.in", IN=unit.folder, OUT=folder, TOP=unit.name, LIBERTY=cells["liberty"], DONT_USE=dont_use,
                            CONSTRAINTS=constraints)
                (folder / "flow.ys").write_text(text, encoding="utf-8")
                run_worker("map", folder, unit.name, check_log)
        return folder
