# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""From RTL to gates: see docs/synthesis.md. One file per step of the flow."""

import importlib.util
import pathlib
import sys

# What a command's set-up installs is looked for before anything imports it.
COMMAND = pathlib.Path(sys.argv[0]).stem
SETUP, PACKAGES = ("fpga", ["pyosys"]) if COMMAND == "fpga" else ("synth", ["pyosys", "numpy", "pywellen"])
for package in PACKAGES:
    if not importlib.util.find_spec(package):
        print(f"{COMMAND}: the Python package {package} is missing; run: scripts/setup.sh {SETUP}", file=sys.stderr)
        sys.exit(2)
