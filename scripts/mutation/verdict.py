# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Which test case failed, by Catch2's report."""

import re


def failed_case(log):
    """The name of the first failing test case in a log, with its sections; empty when none is reported."""
    match = re.search(r"-{20,}\n(.+?)\n-{20,}\n\S+:\d+\n\.{20,}", log, re.S)
    return " / ".join(line.strip() for line in match[1].split("\n")) if match else ""
