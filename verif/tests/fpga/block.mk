# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The FPGA flow on small designs of its own: what it counts, what it refuses.
GOLDEN_fpga := verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_fpga := build/setup/fpga.stamp
