#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Area and timing of synthesis tops (synth/asic/tops.json) with Yosys, abc and OpenSTA: OUT/report.md and OUT/report.json.

Exit 2 with one sentence for an unknown top or a missing tool.
"""

import argparse
import concurrent.futures
import importlib.metadata
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

FLOW = pathlib.Path("synth/asic")
PERIOD_NS = 100.0  # longer than any path; the report gives the path, not the slack


class UsageError(Exception):
    """Something to tell the user in one sentence."""


def fill(template, **values):
    text = (FLOW / template).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def sources(gen):
    """The arguments of read_slang: rtl/tatami.f with the packages of one configuration."""
    lines = pathlib.Path("rtl/tatami.f").read_text(encoding="utf-8").splitlines()
    files = [line.strip() for line in lines if line.strip() and not line.startswith(("//", "+"))]
    return " ".join(["-I", ".", *(file.replace("${TATAMI_GEN}", str(gen)) for file in files)])


def run(command, log, what):
    """Runs a tool with its output in a file; a failure shows the end of that file."""
    with log.open("w", encoding="utf-8") as stream:
        code = subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, check=False).returncode
    if code:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise RuntimeError(f"{what} failed (log: {log}):\n{tail}")


def map_to_cells(top, entry, technology, out, gen):
    """Runs the Yosys flow in its own process. Modules that the entry names as macros stay black boxes."""
    script = out / "flow.ys"
    macros = "\n".join(f"blackbox {name}" for name in entry.get("macros", []))
    text = fill("flow.ys.in", TOP=top, SOURCES=sources(gen / entry["config"]), LIBERTY=technology["liberty"], OUT=out, MACROS=macros)
    script.write_text(text, encoding="utf-8")
    code = f"import pyosys.libyosys as ys; ys.run_pass('script {script}', ys.Design())"
    run([sys.executable, "-c", code], out / "yosys.log", f"synthesis of {top}")


def timing(top, technology, out):
    """(path in ns, start point, end point) of the longest path, set-up included."""
    script = out / "timing.tcl"
    script.write_text(fill("timing.tcl.in", TOP=top, LIBERTY=technology["liberty"], OUT=out, PERIOD=PERIOD_NS), encoding="utf-8")
    run(["sta", "-exit", "-no_splash", str(script)], out / "timing.log", f"timing of {top}")
    text = (out / "timing.log").read_text(encoding="utf-8").split("=== worst")[-1]
    slack = re.search(r"(-?[0-9.]+)\s+slack", text)
    start, end = re.search(r"Startpoint: (\S+)", text), re.search(r"Endpoint: (\S+)", text)
    if not (slack and start and end):
        raise RuntimeError(f"timing of {top}: no path in {out / 'timing.log'}")
    return PERIOD_NS - float(slack[1]), start[1], end[1]


def register_of(netlist, cell):
    """The signal that a register cell drives, because cell names are numbers; ports keep their names."""
    match = re.search(rf"\b{re.escape(cell)} \((.*?)\);", netlist, re.S)
    pin = match and re.search(r"\.Q\(\s*\\?(.*?)\s*\)", match[1])
    return pin[1] if pin else cell


def synthesize(top, entry, technology, options):
    """All figures of one top."""
    start = time.monotonic()
    out = options.out / top
    out.mkdir(parents=True, exist_ok=True)
    map_to_cells(top, entry, technology, out, options.gen)
    cells = json.loads((out / "cells.json").read_text(encoding="utf-8"))["design"]
    path_ns, first, last = timing(top, technology, out)
    netlist = (out / "netlist.v").read_text(encoding="utf-8")
    registers = sum(count for name, count in cells["num_cells_by_type"].items() if name.startswith("DFF"))
    return {
        "top": top, "config": entry["config"], "doc": entry["doc"], "cells": cells["num_cells"], "registers": registers,
        "area_um2": round(cells["area"], 1), "kilo_gates": round(cells["area"] / technology["gate_area_um2"] / 1000, 2),
        "path_ns": round(path_ns, 3), "path_fo4": round(path_ns / technology["fo4_ns"], 1),
        "path_from": register_of(netlist, first), "path_to": register_of(netlist, last), "seconds": round(time.monotonic() - start, 1)}


def tool_versions():
    sta = subprocess.run(["sta", "-version"], capture_output=True, text=True, check=False).stdout.strip()
    return {"pyosys": importlib.metadata.version("pyosys"), "opensta": sta or "unknown"}


def markdown(report):
    lines = ["# Synthesis report", "", f"Technology: {report['technology']}. 1 kGE = 1000 {report['gate']}; FO4 = {report['fo4_ns']} ns.",
             "Tools: " + ", ".join(f"{name} {version}" for name, version in report["tools"].items()) + ".", "",
             "| top | config | cells | registers | area um2 | kGE | critical path ns | FO4 | from | to |", "|---|---|---|---|---|---|---|---|---|---|"]
    for row in report["tops"]:
        lines.append(f"| {row['top']} | {row['config']} | {row['cells']} | {row['registers']} | {row['area_um2']:.0f} | {row['kilo_gates']} "
                     f"| {row['path_ns']} | {row['path_fo4']} | `{row['path_from']}` | `{row['path_to']}` |")
    return "\n".join(lines) + "\n"


def choose(wanted, tier):
    """The entries of the wanted tops; when none is named, all of the tier (those marked nightly take minutes)."""
    tops = json.loads((FLOW / "tops.json").read_text(encoding="utf-8"))
    for top in wanted:
        if top not in tops:
            raise UsageError(f"unknown top {top!r}; known are {', '.join(tops)}")
    return {top: entry for top, entry in tops.items() if (top in wanted if wanted else tier == "nightly" or not entry.get("nightly"))}


def check_tools(technology):
    if not shutil.which("sta"):
        raise UsageError("OpenSTA (sta) is missing; run: apt-get install --no-install-recommends opensta")
    if not pathlib.Path(technology["liberty"]).is_file():
        raise UsageError("the osu018 cells are missing; run: apt-get install --no-install-recommends qflow-tech-osu018")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/synth"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tier", default="full", choices=["full", "nightly"])
    parser.add_argument("tops", nargs="*", help="default: all of synth/asic/tops.json")
    options = parser.parse_args()
    technology = json.loads((FLOW / "technology.json").read_text(encoding="utf-8"))
    try:
        tops = choose(options.tops, options.tier)
        check_tools(technology)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            futures = [pool.submit(synthesize, top, entry, technology, options) for top, entry in tops.items()]
            rows = [future.result() for future in futures]
    except UsageError as error:
        print(f"synth: {error}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"synth: {error}", file=sys.stderr)
        return 1
    report = {"technology": technology["name"], "gate": technology["gate"], "fo4_ns": technology["fo4_ns"], "tools": tool_versions(), "tops": rows}
    (options.out / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    text = markdown(report)
    (options.out / "report.md").write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
