# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A view as commands of Surfer: a divider for every group, its signals below. Surfer names values itself; it cannot rename
signals or call filters from such a file."""

import re


def variable(name):
    """A signal's name as Surfer has it: an element of an array is [i] below the array."""
    return re.sub(r"(\w+)\.\1\[(\d+)\]", r"\1.[\2]", name)


def text(groups):
    lines = []
    for group in groups:
        lines.append("divider_add " + re.sub(r"\W+", "_", group.name).strip("_"))
        lines += [f"variable_add {variable(row.name)}" for row in group.rows]
    return "\n".join(lines) + "\n"
