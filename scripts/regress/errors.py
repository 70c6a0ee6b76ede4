# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Bad input, and a command line that says what is wrong with it in one sentence."""

import argparse
import re


class UsageError(Exception):
    """Something to tell the user in one sentence: exit code 2."""


class BareParser(argparse.ArgumentParser):
    """What all commands have in common."""

    def __init__(self, name, description):
        super().__init__(prog=name, description=description, formatter_class=argparse.RawDescriptionHelpFormatter)

    def error(self, message):
        self.exit(2, f"{self.prog}: {message}\n")


class Parser(BareParser):
    """What those have that run several jobs."""

    def __init__(self, name, description):
        super().__init__(name, description)
        self.add_argument("--jobs", type=positive, default=2)


def positive(text):
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number from 1")
    return int(text)


def seeds(text):
    """Numbers and ranges, such as "1 7 9..12"."""
    numbers = []
    for word in re.split(r"[ ,]+", text.strip()):
        match = re.fullmatch(r"(\d+)(?:\.\.(\d+))?", word)
        if not match or match[2] and int(match[2]) < int(match[1]) or int(match[2] or match[1]) >= 2**63:
            raise argparse.ArgumentTypeError(f"{word!r} is no seed; give numbers and ranges, such as '1 7 9..12'")
        numbers += range(int(match[1]), int(match[2] or match[1]) + 1)
    return list(dict.fromkeys(numbers))
