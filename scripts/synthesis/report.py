# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The report of a run: JSON, Markdown and a picture; and the same tables for docs/synthesis.md and the README from the baselines."""

import json
import pathlib
import re

from . import saturation, treemap

START, END = "<!-- made by make synth-docs: {} -->", "<!-- end -->"
PICTURES = pathlib.Path("docs/images")


def first_technology(catalog):
    return next(iter(catalog.technologies))


def in_first(catalog, rows):
    """The rows of the first technology, which pictures and short tables show."""
    return [row for row in rows if row["technology"] == first_technology(catalog)]


def without_variants(catalog, rows):
    """Of a block that stands in the tables in several sizes, only the one that the others are variants of."""
    return [row for row in rows if "variant_of" not in catalog.tops[row["top"]]]


def table(catalog, rows):
    """All figures."""
    lines = ["| top | cells of | cells | registers | area um2 | kGE | of it macros | critical path ns | FO4 | MHz | from | to |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        macro = row["kilo_gates"] - row["logic_kilo_gates"]
        lines.append(f"| {row['top']} | {row['technology']} | {row['cells']} | {row['registers']} | {row['area_um2']:.0f} | {row['kilo_gates']:.1f} "
                     f"| {f'{macro:.1f}' if macro else '-'} | {row['path_ns']:.2f} | {row['path_fo4']} | {row['mhz']:.0f} | `{row['path_from']}` | `{row['path_to']}` |")
    return "\n".join(lines) + "\n"


def summary(catalog, rows):
    """The few columns that a reader of the README wants, in the first technology."""
    lines = ["| block | kGE | critical path | |", "|---|---|---|---|"]
    for row in in_first(catalog, without_variants(catalog, rows)):
        lines.append(f"| {row['top']} | {row['kilo_gates']:.1f} | {row['path_ns']:.2f} ns ({row['path_fo4']:.0f} FO4) | {catalog.tops[row['top']]['doc'].split(':')[0]} |")
    return "\n".join(lines) + "\n"


def explanation(catalog, row):
    """What a critical path is, by the first entry of its top that knows it, or of the top of which it is a variant; else nothing."""
    top = catalog.tops[row["top"]]
    entries = catalog.tops[top.get("variant_of", row["top"])].get("paths", [])
    return next((entry["text"] for entry in entries if re.search(entry["from"], row["path_from"]) and re.search(entry["to"], row["path_to"])), "")


def unexplained(catalog, rows):
    """A sentence for each critical path of the pages that its top's entry does not explain."""
    return [f"the path of {row['top']} from {row['path_from']} to {row['path_to']} is not explained: add it to its paths in synth/asic/tops.json"
            for row in in_first(catalog, rows) if not explanation(catalog, row)]


def paths(catalog, rows):
    """What each critical path is; one that nobody has explained says so."""
    lines = []
    for row in in_first(catalog, rows):
        text = explanation(catalog, row) or "not explained yet: add it to `paths` in `synth/asic/tops.json`"
        lines.append(f"- **{row['top']}**, {row['path_ns']:.2f} ns over {row['path_cells']} cells, `{row['path_from']}` to `{row['path_to']}`: {text}")
    return "\n".join(lines) + "\n"


def write(catalog, rows, tools, verdicts, out):
    """OUT/report.json, report.md and area.svg; returns the Markdown."""
    result = {"tools": tools, "technologies": {name: technology["doc"] for name, technology in catalog.technologies.items()},
              "rows": [{**row, "baseline": verdict[0], "change": verdict[1]} for row, verdict in zip(rows, verdicts)]}
    (out / "report.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    used = {row["technology"] for row in rows}
    lines = ["# Synthesis report", ""]
    lines += [f"{name}: {technology['doc']}; 1 kGE = 1000 {technology['gate']} of {technology['gate_area_um2']:g} um2; FO4 = {technology['fo4_ns']} ns."
              for name, technology in catalog.technologies.items() if name in used]
    lines += ["Tools: " + ", ".join(f"{name} {version}" for name, version in tools.items()) + ".", "", table(catalog, rows), "## Critical paths", "", paths(catalog, rows),
              "## Against the baselines", ""]
    lines += [f"- {row['top']} ({row['technology']}): {verdict}: {sentence}" for row, (verdict, sentence) in zip(rows, verdicts)]
    text = "\n".join(lines) + "\n"
    (out / "report.md").write_text(text, encoding="utf-8")
    (out / "area.svg").write_text(treemap.picture(in_first(catalog, rows)), encoding="utf-8")
    return text


def throughput(catalog, rows):
    """Routers by area and by what they carry."""
    return saturation.table(in_first(catalog, rows))


SECTIONS = {"docs/synthesis.md": (table, paths, throughput), "README.md": (summary,)}


def pages(catalog, rows):
    """The pictures, and the pages with their marked sections made anew: {path: text}."""
    shown = in_first(catalog, rows)
    made = {PICTURES / "area.svg": treemap.picture(without_variants(catalog, shown)),
            PICTURES / "routers.svg": saturation.picture(shown, first_technology(catalog))}
    for path, sections in SECTIONS.items():
        text = pathlib.Path(path).read_text(encoding="utf-8")
        for section in sections:
            start = START.format(section.__name__)
            if start in text:
                head, rest = text.split(start, 1)
                text = head + start + "\n" + section(catalog, rows) + END + rest.split(END, 1)[1]
        made[pathlib.Path(path)] = text
    return made
