#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Area and timing of the tops of synth/asic/tops.json with Yosys, abc and OpenSTA: OUT/report.md, report.json and area.svg.

Compares with synth/baselines and the limits of tops.json. --write writes the baselines instead; --docs makes the sections of the pages that show them,
if they keep to the limits and all critical paths are explained.
Exit 0: as good as the baselines; 1: a figure is worse by more than 3 % or has no baseline, a path is longer than its limit, a tool failed, or a netlist
is not what the RTL says (a latch, a signal without a driver or with several, a value cut short); 2: an unknown top or technology, a missing tool or library.
"""

import functools
import pathlib
import sys

from gen.common import write_if_changed
from synthesis import command, limits, report
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


def against(rows, verdicts):
    """A sentence for each technology in which figures are worse than their baselines, or have none."""
    problems = []
    for verdict, text in {"worse": "worse than the baseline: {}; if it must be,", "new": "no baseline: {};"}.items():
        found = [row for row, (is_, _) in zip(rows, verdicts) if is_ == verdict]
        for technology in dict.fromkeys(row["technology"] for row in found):
            tops = [row["top"] for row in found if row["technology"] == technology]
            problems.append(f"{text.format(', '.join(tops))} run: make baselines TOP='{' '.join(tops)}' TECHNOLOGY={technology}")
    return problems


def refuse(problems):
    for problem in problems:
        print(f"synth: {problem}", file=sys.stderr)
    return 1 if problems else 0


def work(options):
    catalog = Catalog(options.tables)
    baselines = Baselines(options.baselines, catalog)
    if options.docs:
        rows = baselines.rows()
        if problems := limits.complaints(catalog, rows, baselines) + report.unexplained(catalog, rows):
            return refuse(problems)
        for path, text in report.pages(catalog, rows).items():
            write_if_changed(path, text)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    rows = run(catalog, options)
    if options.write:
        baselines.write(rows)
        return 0
    verdicts = [baselines.compare(row) for row in rows]
    print(report.write(catalog, rows, command.tool_versions(), verdicts, options.out), end="")
    return refuse(against(rows, verdicts) + limits.complaints(catalog, rows, baselines))


def main():
    options = parse()
    return command.exit_code("synth", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
