# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The tables of the flow: synth/asic/tops.json (what is synthesized) and synth/asic/technologies.json (cells).

A top is a module at a configuration of sim/configs, with parameters that it sets otherwise ("set"), or of SystemVerilog files of its own
("sources"). Blocks named under "without" stay black boxes and are not counted. A variant of another top ("variant_of") shares its "paths"
and is left out of summaries and pictures. Its tier is "ci" or "nightly", for each technology; one of another tier runs when it is named.
What the critical paths of a technology are to keep to stands under "limits" (limits.py).

Modules that stay separate may be those of another table ("as") and some more. Those under "inside" have these parameters in whatever they
stand. Outputs under "watched" are for tests only: they are cut, with all that drives nothing else.
"""

import json
import pathlib
import shutil

from gen import config as node_config

from .common import UsageError

FLOW = pathlib.Path("synth/asic")
CONFIGS = pathlib.Path("sim/configs")


class Catalog:
    """The tops, and which modules stay separate inside them."""

    def __init__(self, folder=FLOW):
        self.folder = folder
        table = json.loads((folder / "tops.json").read_text(encoding="utf-8"))
        modules = table["modules"]
        if "as" in modules:
            base = json.loads(pathlib.Path(modules["as"]).read_text(encoding="utf-8"))["modules"]
            modules = base | modules | {"blocks": base["blocks"] | modules["blocks"]}
        self.blocks, self.macros, self.latches = (modules[key] for key in ("blocks", "macros", "latches"))
        self.inside, self.watched = (modules.get(key, {}) for key in ("inside", "watched"))
        self.tops, self.limits = table["tops"], table.get("limits", {})
        self.technologies = json.loads((folder / "technologies.json").read_text(encoding="utf-8"))

    def choose(self, wanted, tier, technologies):
        """Pairs (top, technology) to run: those that are named, else all of the tier."""
        for top in wanted:
            if top not in self.tops:
                raise UsageError(f"unknown top {top!r}; known are {', '.join(self.tops)}")
        for technology in technologies:
            if technology not in self.technologies:
                raise UsageError(f"unknown technology {technology!r}; known are {', '.join(self.technologies)}")
        chosen, first = [], next(iter(self.technologies))
        tiers = ["ci", "nightly"] if tier == "nightly" else ["ci"]
        for top, entry in self.tops.items():
            for technology in self.technologies:
                if wanted:
                    take = top in wanted and (technology in technologies or not technologies and technology == first)
                else:
                    take = (not technologies or technology in technologies) and entry["tier"][technology] in tiers
                if take:
                    chosen.append((top, technology))
        return chosen

    def configuration(self, top):
        """The node's parameters of a top, with a name that is a folder."""
        entry = self.tops[top]
        if "sources" in entry:
            return top, {}
        path = CONFIGS / f"{entry['config']}.json"
        if not path.is_file():
            raise UsageError(f"top {top}: configuration {entry['config']!r} is unknown; known are {', '.join(sorted(p.stem for p in CONFIGS.glob('*.json')))}")
        values = json.loads(path.read_text(encoding="utf-8")) | entry.get("set", {})
        changes = "".join(f"-{key}-{value}" for key, value in entry.get("set", {}).items())
        return entry["config"] + changes, values


def generate_package(catalog, top, gen, out):
    """The folder with the packages of a top's configuration: that of its base, with a cfg_pkg.sv of its own where it differs."""
    entry = catalog.tops[top]
    name, values = catalog.configuration(top)
    base = gen / entry["config"]
    if not base.is_dir():
        raise UsageError(f"{base} is missing; run: make gen")
    if name == entry["config"]:
        return base
    folder = out / "gen" / name
    shutil.copytree(base, folder, dirs_exist_ok=True)
    (folder / "cfg_pkg.sv").write_text(node_config.render_sv(values), encoding="utf-8")
    return folder


def check_tools(technologies):
    if not shutil.which("sta"):
        raise UsageError("OpenSTA (sta) is missing; run: scripts/setup.sh synth")
    for name, technology in technologies.items():
        if not pathlib.Path(technology["liberty"]).is_file():
            raise UsageError(f"the {name} cells are missing ({technology['liberty']}); run: apt-get install --no-install-recommends {technology['package']}")
