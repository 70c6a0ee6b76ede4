#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Succeeds when every pinned requirement of the given files is installed in the Python that runs this."""

import importlib.metadata
import pathlib
import sys


def installed(line):
    name, _, version = line.partition("==")
    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return False


lines = [line for path in sys.argv[1:] for line in pathlib.Path(path).read_text(encoding="utf-8").split()]
sys.exit(not all(map(installed, lines)))
