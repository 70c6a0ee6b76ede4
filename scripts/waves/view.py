# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What a view shows: groups of signals. Nodes have the groups of groups.json; of any other top each instance is a group."""

import dataclasses
import json
import pathlib
import re

GROUPS = pathlib.Path(__file__).with_name("groups.json")
NODE = re.compile(r"(node_\d+_\d+)\.(node_top\.u_node\.)?(.+)")  # groups name signals inside the node, or (../) those of its wrapper
MOST_PORTS = 48  # of a group that is made from an instance
FILTERS = ("instruction", "packet", "format")


@dataclasses.dataclass
class Row:
    """A signal: its full name and range as GTKWave writes them, what it is called, and how its values are shown."""
    name: str
    extent: str
    alias: str
    named: bool = False  # its values are shown by their names
    filter: str = ""     # one of FILTERS


@dataclasses.dataclass
class Group:
    name: str
    rows: list
    closed: bool


def one_bit(extent):
    """A range as GTKWave shows it."""
    return re.sub(r"\[(\d+):\1\]", r"[\1]", extent)


def canonical(name):
    """(name with `*` for an index, the index or 0): an element of an array of records is a scope, one of an array a signal."""
    element = re.fullmatch(r"((?:.*\.)?(\w+))\.\2\[(\d+)\]", name)
    if element:
        return f"{element[1]}.*", int(element[3])
    index = re.search(r"\[(\d+)\]", name)
    return (name.replace(index[0], "*", 1), int(index[1])) if index else (name, 0)


def node_signals(signals):
    """{node: {canonical name inside: [(index, full name, range, named)]}} in the order of the file."""
    nodes = {}
    for full_name, extent, named in signals:
        match = NODE.fullmatch(full_name)
        if not match:
            continue
        key, index = canonical(match[3])
        key = key if match[2] else "../" + key
        nodes.setdefault(match[1], {}).setdefault(key, []).append((index, full_name, one_bit(extent), named))
    return nodes


def node_groups(signals):
    """(groups of every node, what of groups.json the waveform lacks)."""
    described = json.loads(GROUPS.read_text(encoding="utf-8"))
    groups, missing = [], []
    for number, (node, names) in enumerate(node_signals(signals).items()):
        for group in described:
            filters = group.get("filters", {})
            rows = []
            for order, (signal, text) in enumerate(group["signals"].items()):
                if signal not in names:
                    missing.append(f"{node}: {signal}")
                for index, name, extent, named in names.get(signal, []):
                    alias = text.format(group["index"][index] if "index" in group else index)
                    rows.append((index, order, Row(name, extent, alias, named, filters.get(signal, ""))))
            rows.sort(key=lambda row: row[:2])  # signals of one index stand together
            groups.append(Group(f"{node} {group['name']}", [row for _, _, row in rows], closed=number > 0 or group.get("closed", False)))
    return groups, missing


def instance_groups(signals):
    """A group for every instance of a bench's top: clocks and resets first, then its ports, then what else it has."""
    instances = {}
    for name, extent, named in signals:
        scope, _, local = name.rpartition(".")
        instances.setdefault(scope, []).append(Row(name, one_bit(extent), local, named))
    groups = []
    for scope, rows in instances.items():
        rows.sort(key=lambda row: (not re.match(r"(clk|rst)", row.alias), not re.search(r"_(n?i|o)$", row.alias)))
        groups.append(Group(scope, rows[:MOST_PORTS], closed=scope.count(".") > 1))
    return groups


def make(signals):
    """(groups, sentences about what is missing) for the signals of a waveform: (name, range, named) each."""
    signals = list(signals)
    if any(NODE.fullmatch(name) for name, _, _ in signals):
        return node_groups(signals)
    groups = instance_groups(signals)
    return groups, [] if groups else ["any signal"]
