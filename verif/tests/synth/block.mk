# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The synthesis flow on small designs of its own: what it measures, what it refuses.
GOLDEN_synth := verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_synth := build/setup/synth.stamp
