# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Baselines: synth/baselines/<top>.json holds the figures of a top per technology, with the tools that made them and a hash of the cells.

Worse by more than LIMIT is a regression. Figures of other tools cannot be compared: they read as stale. `make baselines` is the only writer.
"""

import hashlib
import json
import pathlib

from .command import tool_versions

FOLDER = pathlib.Path("synth/baselines")
LIMIT = 0.03
COMPARED = {"area_um2": "area", "path_ns": "critical path"}
DROPPED = ("top", "technology", "seconds")


class Baselines:
    """Those of a folder, beside figures of today's tools."""

    def __init__(self, folder, catalog):
        self.folder, self.catalog = folder, catalog

    def made_with(self, technology):
        """What figures of a technology depend on."""
        cells = pathlib.Path(self.catalog.technologies[technology]["liberty"]).read_bytes()
        return {**tool_versions(), "cells": hashlib.sha256(cells).hexdigest()[:12]}

    def load(self, top):
        path = self.folder / f"{top}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def compare(self, row):
        """(verdict, sentence) of one row: verdict is new, stale, worse, better or same."""
        known = self.load(row["top"]).get(row["technology"])
        if not known:
            return "new", "has no baseline"
        if known["tools"] != self.made_with(row["technology"]):
            return "stale", "the baseline is of other tools: " + ", ".join(f"{name} {version}" for name, version in known["tools"].items())
        changes = {key: row[key] / known["figures"][key] - 1 for key in COMPARED}
        sentence = ", ".join(f"{COMPARED[key]} {100 * change:+.1f} % ({known['figures'][key]:g} to {row[key]:g})" for key, change in changes.items() if abs(change) >= 0.0005)
        if max(changes.values()) > LIMIT:
            return "worse", sentence
        if min(changes.values()) < -LIMIT:
            return "better", sentence
        return "same", sentence or "as the baseline"

    def write(self, rows):
        """Replaces the figures of these rows; those of other technologies stay."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for row in rows:
            data = self.load(row["top"])
            figures = {key: value for key, value in row.items() if key not in DROPPED}
            data[row["technology"]] = {"tools": self.made_with(row["technology"]), "figures": figures}
            (self.folder / f"{row['top']}.json").write_text(json.dumps(dict(sorted(data.items())), indent=1) + "\n", encoding="utf-8")

    def rows(self):
        """All baselines as rows, in the order of the tables, for the pages that show them."""
        found = []
        for top in self.catalog.tops:
            data = self.load(top)
            found += [{"top": top, "technology": technology, **data[technology]["figures"]} for technology in self.catalog.technologies if technology in data]
        return found
