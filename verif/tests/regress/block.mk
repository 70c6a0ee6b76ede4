# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0

GOLDEN_regress := verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_regress = $(TATAMI) $(BUILD)/models/small-fast.so
