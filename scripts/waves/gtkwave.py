# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A view as GTKWave's save file."""

import math
import pathlib

# GTKWave's flags of a line: values in base 16 or 2, to the right; begin and end of a group, and of one that is closed.
HEX, BIN = 0x22, 0x28
BEGIN, END, CLOSED, INSIDE_CLOSED = 0x800200, 0x1000200, 0x400000, 0x1000
TRANSLATED = 0x4000  # values go through a process, which the line before names
NAMED = 1 << 32      # values are shown by the names that the waveform has for them, by their digits in base 2
FILTERS = pathlib.Path(__file__).resolve().parent / "filters"
PIXELS_PER_CYCLE, CYCLES_BEFORE = 24, 16
ZOOM_PIXELS = 200  # at zoom z so many pixels are 2 to the -z units


def row_lines(row, inside):
    if row.filter:
        yield f"@{HEX | TRANSLATED | inside:x}\n^>1 {FILTERS / row.filter}"
    elif row.named:
        yield f"@{BIN | NAMED | inside:x}"
    else:
        yield f"@{(HEX if row.extent else BIN) | inside:x}"
    yield f"+{{{row.alias}}} {row.name}{row.extent}"


def group_lines(group):
    extra, inside = (CLOSED, INSIDE_CLOSED) if group.closed else (0, 0)
    yield f"@{BEGIN | extra:x}\n-{group.name}"
    for row in group.rows:
        yield from row_lines(row, inside)
    yield f"@{END | extra | inside:x}\n-{group.name}"


def text(wave, groups, moment):
    """The save file of a waveform; with a moment it opens there, and the marker is on it."""
    lines = [f'[dumpfile] "{wave.resolve()}"']
    if moment is None:
        lines.append("[timestart] 0")
    else:
        time, units = moment["time"], moment["units_per_cycle"]
        zoom = -math.log2(ZOOM_PIXELS * units / PIXELS_PER_CYCLE)
        lines.append(f"[timestart] {max(0, time - CYCLES_BEFORE * units)}")
        lines.append(f"*{zoom:f} {time}" + " -1" * 26)
    for group in groups:
        lines += group_lines(group)
    return "\n".join(lines) + "\n"
