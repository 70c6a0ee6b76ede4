# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Chooses faults, and writes sources that hold them all: each expression becomes a choice between itself and its fault."""

import pathlib
import random

from . import sites


def files_of(patterns, root):
    """The SystemVerilog files of folders and of single files; packages hold constants and are left out."""
    found = []
    for pattern in patterns:
        path = root / pattern
        found += sorted(path.glob("*.sv")) if path.is_dir() else [path]
    return [path.relative_to(root) for path in found if not path.name.endswith("_pkg.sv")]


def choose(patterns, count, seed, root=pathlib.Path(".")):
    """So many faults, of which none lies inside another, drawn by the seed; fewer when there are no more."""
    everything = [site for path in files_of(patterns, root) for site in sites.find(path, root)]
    random.Random(seed).shuffle(everything)
    chosen = []
    for site in everything:
        if len(chosen) == count:
            break
        if all(site.file != other.file or site.end <= other.begin or other.end <= site.begin for other in chosen):
            chosen.append(site)
    return sorted(chosen, key=lambda site: (site.file, site.begin))


def sources(chosen, root=pathlib.Path(".")):
    """{file: bytes} of the sources that hold the faults: number i + 1 is the one at place i."""
    by_file, result = {}, {}
    for number, site in enumerate(chosen, 1):
        by_file.setdefault(site.file, []).append((number, site))
    for name, faults in by_file.items():
        text = (root / name).read_bytes()
        for number, site in sorted(faults, key=lambda fault: -fault[1].begin):
            choice = f"((mutant_pkg::active == {number}) ? ({site.after}) : ({site.before}))"
            text = text[:site.begin] + choice.encode() + text[site.end:]
        result[name] = text
    return result
