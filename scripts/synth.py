#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Area and timing of the tops of synth/asic/tops.json with Yosys, abc and OpenSTA: OUT/report.md, report.json and area.svg.

Compares with synth/baselines. --write writes them instead; --docs makes the sections of the pages that show them.
Exit 0: as good as the baselines; 1: a figure is worse by more than 3 %, a tool failed, or a netlist is not what the RTL says (a latch, a
signal without a driver or with several, a value cut short); 2: an unknown top or technology, a missing tool or library.
"""

import functools
import pathlib
import sys

from gen.common import write_if_changed
from synthesis import command, report
from synthesis.baseline import FOLDER as BASELINES
from synthesis.baseline import Baselines
from synthesis.catalog import FLOW, Catalog, check_tools
from synthesis.figures import synthesize
from synthesis.flow import Flow


def run(catalog, options):
    """The figures of all chosen tops, largest first on the machine, in the order of the table; one line as each is ready."""
    chosen = catalog.choose(options.tops, options.tier, options.technology)
    check_tools({name: catalog.technologies[name] for _, name in chosen})
    flow = Flow(catalog, options.gen, options.out)

    def line(row):
        return f"{row['technology']}  {row['kilo_gates']:9.1f} kGE  {row['path_ns']:6.2f} ns"

    return command.run_all(chosen, options.jobs, functools.partial(synthesize, flow), line)


def parse():
    parser = command.FlowParser("synth", __doc__, FLOW, "technology")
    parser.add_argument("--baselines", type=pathlib.Path, default=BASELINES, help="folder of the figures to compare with")
    parser.add_argument("--write", action="store_true", help="write the baselines instead of comparing with them")
    parser.add_argument("--docs", action="store_true", help="only make the sections of the pages from the baselines")
    return parser.parse_args()


def work(options):
    catalog, baselines = Catalog(options.tables), Baselines(options.baselines)
    if options.docs:
        for path, text in report.pages(catalog, baselines.rows(catalog)).items():
            write_if_changed(path, text)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    rows, tools = run(catalog, options), command.tool_versions()
    if options.write:
        baselines.write(rows, tools)
        return 0
    verdicts = [baselines.compare(row, tools) for row in rows]
    print(report.write(catalog, rows, tools, verdicts, options.out), end="")
    worse = [row["top"] for row, (verdict, _) in zip(rows, verdicts) if verdict == "worse"]
    if worse:
        print(f"synth: worse than the baseline: {', '.join(worse)}; if it must be, run: make baselines TOP='{' '.join(dict.fromkeys(worse))}'", file=sys.stderr)
    return 1 if worse else 0


def main():
    options = parse()
    return command.exit_code("synth", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
