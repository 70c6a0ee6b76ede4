#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The part of the yosys command line that sby uses (-ql LOG SCRIPT), on the Yosys of the pyosys package."""

import sys

import pyosys.libyosys as ys

option, log, script = sys.argv[1:]
if option != "-ql":
    sys.exit(f"yosys.py: only -ql LOG SCRIPT is known, not {option}")
ys.run_pass(f"tee -q -o {log} script {script}", ys.Design())
