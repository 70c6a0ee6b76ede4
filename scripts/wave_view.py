#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the GTKWave view of a waveform: the groups of scripts/wave_groups.json, once per node that the waveform holds.

A group maps signals of the node (`*` is any index) to what they are called in the view ({} is the index, or its name).
Exit 0: every signal of the groups is in the waveform; 1: some are not, and are named; 2: the waveform cannot be read.
"""

import argparse
import json
import pathlib
import re
import sys

import fst

GROUPS = pathlib.Path(__file__).with_name("wave_groups.json")
NODE = ".node_top.u_node."
# GTKWave's flags of a line, hexadecimal: values in base 16 or 2, begin and end of a group, and of one that is closed.
HEX, BIN = 0x22, 0x28
BEGIN, END, CLOSED, INSIDE_CLOSED = 0x800200, 0x1000200, 0x400000, 0x1000
# Values go through a process, which the line before names: instruction words are shown disassembled.
TRANSLATED = 0x4000
DISASSEMBLER = pathlib.Path(__file__).resolve().with_name("wave_instruction.sh")


def canonical(name):
    """(name with `*` for an index, the index or 0): an element of an array of records is a scope, one of an array a signal."""
    element = re.fullmatch(r"((?:.*\.)?(\w+))\.\2\[(\d+)\]", name)
    if element:
        return f"{element[1]}.*", int(element[3])
    index = re.search(r"\[(\d+)\]", name)
    return (name.replace(index[0], "*", 1), int(index[1])) if index else (name, 0)


def read(wave):
    """{node: {canonical name: [(index, name, range)]}} in the order of the file."""
    nodes = {}
    for full_name, extent in fst.signals(wave):
        node, inside, name = full_name.partition(NODE)
        if inside:
            key, index = canonical(name)
            extent = re.sub(r"\[(\d+):\1\]", r"[\1]", extent)  # as GTKWave shows one bit
            nodes.setdefault(node, {}).setdefault(key, []).append((index, name, extent))
    return nodes


def lines(node, names, group, closed):
    """The lines of one group of one node; signals of one index stand together."""
    extra, inside = (CLOSED, INSIDE_CLOSED) if closed else (0, 0)
    label = f"{node} {group['name']}"
    rows = sorted((index, order, name, extent, text) for order, (signal, text) in enumerate(group["signals"].items())
                  for index, name, extent in names.get(signal, []))
    yield f"@{BEGIN | extra:x}\n-{label}"
    for index, _, name, extent, text in rows:
        alias = text.format(group["index"][index] if "index" in group else index)
        if name.endswith(".insn"):
            yield f"@{HEX | TRANSLATED | inside:x}\n^>1 {DISASSEMBLER}"
        else:
            yield f"@{(HEX if extent else BIN) | inside:x}"
        yield f"+{{{alias}}} {node}{NODE}{name}{extent}"
    yield f"@{END | extra | inside:x}\n-{label}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wave", type=pathlib.Path)
    parser.add_argument("view", type=pathlib.Path, help="the .gtkw file to write")
    options = parser.parse_args()
    groups = json.loads(GROUPS.read_text(encoding="utf-8"))
    try:
        nodes = read(options.wave)
    except (OSError, fst.FormatError) as error:
        print(f"wave: {options.wave}: {error}", file=sys.stderr)
        return 2
    text = [f'[dumpfile] "{options.wave.resolve()}"', "[timestart] 0"]
    missing = [] if nodes else ["any node"]
    for number, (node, names) in enumerate(nodes.items()):
        for group in groups:
            missing += [f"{node}: {signal}" for signal in group["signals"] if signal not in names]
            text += lines(node, names, group, closed=number > 0)
    options.view.write_text("\n".join(text) + "\n", encoding="utf-8")
    for signal in missing:
        print(f"wave: {options.wave} does not hold {signal}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
