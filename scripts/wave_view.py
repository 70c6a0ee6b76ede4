#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the views of a waveform: NAME.gtkw for GTKWave and NAME.sucl for Surfer, beside NAME.fst. A NAME.moment.json says
where to look, and GTKWave opens there.

Exit 0: every signal that a view of nodes names is in the waveform; 1: some are not, and are named; 2: the waveform cannot be
read.
"""

import argparse
import json
import pathlib
import sys

from waves import fst, gtkwave, surfer, view

def moment(wave):
    """What the waveform is about: cycle, time and units_per_cycle of the file, what; or None."""
    path = wave.with_suffix(".moment.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wave", type=pathlib.Path)
    options = parser.parse_args()
    try:
        groups, missing = view.make(fst.signals(options.wave))
    except (OSError, fst.FormatError) as error:
        print(f"wave: {options.wave}: {error}", file=sys.stderr)
        return 2
    about = moment(options.wave)
    options.wave.with_suffix(".gtkw").write_text(gtkwave.text(options.wave, groups, about), encoding="utf-8")
    options.wave.with_suffix(".sucl").write_text(surfer.text(groups), encoding="utf-8")
    if about:
        print(f"In cycle {about['cycle']} - {about['what']}")
    for signal in missing:
        print(f"wave: {options.wave} does not hold {signal}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
