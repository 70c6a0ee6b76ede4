# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Tables of what was reached by folder of the RTL, what was not, and lcov's form for pages with the sources."""

import pathlib

from . import points

KINDS = ("line", "toggle", "function")


def part_of(point):
    return point.file if point.kind == "function" else str(pathlib.PurePosixPath(point.file).parent)


def shares(counts):
    """{folder, or module of functions: {kind: (reached, all)}}, and "all" last."""
    table = {}
    for point, count in counts.items():
        for name in (part_of(point), "all"):
            row = table.setdefault(name, {})
            reached, total = row.get(point.kind, (0, 0))
            row[point.kind] = reached + (count > 0), total + 1
    return dict(sorted(table.items(), key=lambda item: (item[0] == "all", item[0])))


def percent(reached, total):
    return 100 * reached / total if total else 100.0


def below(table, floor):
    """Sentences about what is below the floor, in percent by kind."""
    for kind, least in floor.items():
        reached, total = table.get("all", {}).get(kind, (0, 0))
        if percent(reached, total) < least:
            yield f"{kind}: {percent(reached, total):.1f} % of {total} points are reached, and the floor is {least} %"


def markdown(counts):
    """The table, and behind an empty line what was not reached."""
    text = ["| part | " + " | ".join(KINDS) + " |", "|---" * (1 + len(KINDS)) + "|"]
    for name, row in shares(counts).items():
        cells = [f"{percent(*row[kind]):.1f} % of {row[kind][1]}" if kind in row else "" for kind in KINDS]
        text.append(f"| `{name}` | " + " | ".join(cells) + " |")
    missed = [point for point, count in counts.items() if not count]
    text += ["", "Functions that no test reached:", ""]
    text += [f"- `{point.file}`: {point.name}" for point in missed if point.kind == "function"]
    text += ["", "Lines that no test reached:", ""]
    text += [f"- `{point.file}:{point.line}` {point.name.partition(' ')[2]}" for point in missed if point.kind == "line"]
    return "\n".join(text) + "\n"


def lcov(counts):
    """The counts in lcov's tracefile form: lines, and the bits that change as branches of the line that declares them."""
    files = {}
    for point, count in counts.items():
        if point.kind == "function":
            continue
        lines, branches = files.setdefault(point.file, ({}, []))
        if point.kind == "line":
            for line in points.lines_of(point.lines) if point.lines else [point.line]:
                lines[line] = min(lines.get(line, count), count)
        else:
            branches.append((point.line, point.name, count))
    text = ["TN:"]
    for name, (lines, branches) in sorted(files.items()):
        text.append(f"SF:{name}")
        text += [f"BRDA:{line},0,{number},{count}" for number, (line, _, count) in enumerate(sorted(branches))]
        text += [f"DA:{line},{count}" for line, count in sorted(lines.items())]
        text.append("end_of_record")
    return "\n".join(text) + "\n"
