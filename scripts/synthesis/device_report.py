# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What a top takes of a device and how fast it runs there: figures, the check that it fits, and the report."""

import collections
import json

# Resource: (what it is called, its size in cells of the netlist). A carry cell is two LUTs, a 16 x 4 LUT RAM four.
RESOURCES = {
    "luts": ("LUTs", {"LUT4": 1, "CCU2C": 2, "TRELLIS_DPR16X4": 4}),
    "registers": ("registers", {"TRELLIS_FF": 1}),
    "lut_rams": ("LUT RAMs", {"TRELLIS_DPR16X4": 1}),
    "dsps": ("multipliers", {"MULT18X18D": 1}),
    "block_rams": ("block RAMs", {"DP16KD": 1}),
}
SHARE = 0.02  # blocks with less than this part of the LUTs are not listed


def count(cells, resource):
    return sum(size * cells.get(cell, 0) for cell, size in RESOURCES[resource][1].items())


def needs(blocks):
    """What a netlist takes, by resource."""
    cells = collections.Counter()
    for part in blocks.values():
        cells.update(part)
    return {resource: count(cells, resource) for resource in RESOURCES} | {"carries": cells["CCU2C"]}


def used(need, use):
    """What a placed design takes: what the placer counts, and carry cells as they were mapped."""
    names = {"luts": "TRELLIS_COMB", "registers": "TRELLIS_FF", "lut_rams": "TRELLIS_RAMW", "dsps": "MULT18X18D", "block_rams": "DP16KD"}
    return need | {resource: use[name][0] for resource, name in names.items()}


def misfit(need, device):
    """Why it does not fit: a sentence, or nothing."""
    over = [f"{need[resource]} {RESOURCES[resource][0]} of {has}" for resource, has in device["has"].items() if need[resource] > has]
    return f"it needs {', '.join(over)}" if over else ""


def shares(blocks):
    """LUTs by instance, each with all that is in it: [(path, LUTs)], those that matter."""
    total, sums = needs(blocks)["luts"], collections.Counter()
    for path, cells in blocks.items():
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            sums["/".join(parts[:depth])] += count(cells, "luts")
    return sorted((path, luts) for path, luts in sums.items() if path and luts >= SHARE * total)


def table(catalog, rows):
    """A line for each top."""
    lines = ["| top | LUTs | of it carry | of it RAM | registers | multipliers | block RAMs | MHz | longest path ns (logic + routing) | from | to |", "|---|---|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        has, need = catalog.technologies[row["device"]]["has"], row["needs"]
        used = {key: f"{need[key]} ({100 * need[key] / has[key]:.0f} %)" for key in ("luts", "registers", "dsps", "block_rams")}
        if row["misfit"]:
            end = "does not fit | - | - | -"
        else:
            end = f"{row['mhz']:.1f} | {row['path_ns']:.1f} ({row['logic_ns']:.1f} + {row['routing_ns']:.1f}) | `{row['path_from']}` | `{row['path_to']}`"
        lines.append(f"| {row['top']} | {used['luts']} | {2 * need['carries']} | {4 * need['lut_rams']} | {used['registers']} | {used['dsps']} | {used['block_rams']} | {end} |")
    return "\n".join(lines) + "\n"


def block_tables(rows):
    """Where the LUTs of the tops are that are made of blocks."""
    lines = []
    for row in rows:
        if row["blocks"]:
            lines += [f"### LUTs of {row['top']} by block", "", "| block | LUTs | of all |", "|---|---|---|"]
            lines += [f"| {path} | {luts} | {100 * luts / row['needs']['luts']:.1f} % |" for path, luts in row["blocks"]] + [""]
    return "\n".join(lines)


def write(catalog, rows, tools, out):
    """OUT/report.json and report.md; returns the Markdown."""
    (out / "report.json").write_text(json.dumps({"tools": tools, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    devices = {row["device"]: catalog.technologies[row["device"]]["doc"] for row in rows}
    lines = ["# FPGA report", ""] + [f"{name}: {doc}." for name, doc in devices.items()]
    lines += ["Tools: " + ", ".join(f"{name} {version}" for name, version in tools.items()) + ".", "", table(catalog, rows), block_tables(rows)]
    text = "\n".join(lines)
    (out / "report.md").write_text(text, encoding="utf-8")
    return text
