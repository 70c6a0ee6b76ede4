# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Warnings of Yosys and slang that change the meaning of a netlist: a report on top of them would be wrong, so they end the run."""

import re

from .common import FlowError

# (what the log says, what it means); the first group names the place.
MEANING = [
    (r"Warning: Wire (.+) is used but has no driver", "a signal without a driver"),
    (r"Warning: multiple conflicting drivers for (.+?):?$", "a signal with several drivers"),
    (r"Warning: found logic loop in module (\S+?):?$", "a combinational loop"),
    (r"Warning: Drivers conflicting with a constant \S+ driver:?\s*(\S*)", "a signal with several drivers"),
    (r"(\S+): (?:Warning|ERROR): .*\[-W(?:port-)?width-trunc\]", "a value that loses its upper bits without a cast"),
    (r"Latch inferred for signal [`\\]*(\S+?)'", "a latch"),
    (r"ERROR: Assertion failed: selection is not empty: t:\$dlatch()", "a latch"),
]


def check_log(path, what):
    """Raises a FlowError with one sentence when the log of a step has such a warning."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        for pattern, meaning in MEANING:
            match = re.search(pattern, line)
            if match:
                raise FlowError(f"{what} has {meaning}: {match[1] or line.strip()} (log: {path})")
