# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Figures per node in results, and the page that shows them, in a browser without a display.
GOLDEN_report := verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_report = $(TATAMI) $(BUILD)/models/small-fast.so build/setup/browser.stamp
