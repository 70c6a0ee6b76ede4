# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads Verilator's counts and adds up those of all programs and instances."""

import dataclasses
import functools
import pathlib
import re

KINDS = {"v_line": "line", "v_branch": "line", "v_toggle": "toggle", "v_user": "function"}
LINE = re.compile(r"C '(.*)' (\d+)$")


@dataclasses.dataclass(frozen=True)
class Point:
    """Something that can be reached: a block of lines, a bit that rises or falls, or a function."""
    kind: str
    file: str
    line: int
    name: str
    lines: str = ""  # of a block, such as "12-14,16"


@functools.cache
def source(file):
    """{number: line} of a file; empty when it is not there."""
    path = pathlib.Path(file)
    return dict(enumerate(path.read_text(encoding="utf-8").split("\n"), 1)) if path.is_file() else {}


def ends_in_return(file, fields):
    last = max(lines_of(fields.get("S", "")), default=int(fields["l"]))
    return "return" in source(file).get(last, "")


def point(fields):
    """The point of one instance, or None for what is none of the RTL's; instances of a module are one, functions are not."""
    kind = KINDS.get(fields.get("page", "").split("/")[0])
    file = fields.get("f", "")
    if kind == "function" and file.startswith("verif/coverage/"):
        where = fields["h"].rpartition("u_cover.")[2].replace("__BRA__", "[").replace("__KET__", "]").replace("__DOT__", ".")
        return Point(kind, file, int(fields["l"]), where)
    if kind == "line" and fields.get("o") != "block" and ends_in_return(file, fields):
        return None  # Verilator counts a branch behind its last statement, where nobody comes
    if kind in ("line", "toggle") and file.startswith("rtl/"):
        return Point(kind, file, int(fields["l"]), f"{fields['n']} {fields.get('o', '')}", fields.get("S", ""))
    return None


def read(paths):
    """{point: how often it was reached} over all files."""
    counts = {}
    for path in paths:
        for text in pathlib.Path(path).read_text(encoding="utf-8", errors="replace").split("\n"):
            match = LINE.match(text)
            if not match:
                continue
            found = point(dict(part.split("\x02", 1) for part in match[1].split("\x01") if "\x02" in part))
            if found:
                counts[found] = counts.get(found, 0) + int(match[2])
    return counts


def lines_of(text):
    """The numbers of "12-14,16"."""
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
