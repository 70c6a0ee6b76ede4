#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Adds up what test programs reached (*.coverage in their folders), and writes report.md, coverage.info and pages (html/, by genhtml).

The floor, in percent, is verif/coverage/floor.json; it counts only when all blocks were run. Exit 0; 1: below the floor; 2: no
counts, or bad arguments.
"""

import json
import pathlib
import shutil
import subprocess
import sys

from covered import points, report
from regress.errors import BareParser

FLOOR = pathlib.Path("verif/coverage/floor.json")


def main():
    parser = BareParser("cover", __doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder of the report")
    parser.add_argument("--floor", action="store_true", help="hold the result against the floor")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    counts = points.read([path for folder in options.folders for path in sorted(folder.glob("*.coverage"))])
    if not counts:
        print("cover: no counts; run the tests first (make coverage)", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    text = report.markdown(counts)
    (options.out / "report.md").write_text(text, encoding="utf-8")
    info = options.out / "coverage.info"
    info.write_text(report.lcov(counts), encoding="utf-8")
    if shutil.which("genhtml"):
        command = ["genhtml", "--quiet", "--branch-coverage", "--ignore-errors", "source", "-o", str(options.out / "html"), str(info)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(text.partition("\n\n")[0])
    print(f"What was not reached: {options.out}/report.md; with the sources: {options.out}/html/index.html")
    found = list(report.below(report.shares(counts), json.loads(FLOOR.read_text(encoding="utf-8")))) if options.floor else []
    for sentence in found:
        print(f"cover: {sentence}", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
