# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Timelines of programs whose cycles are known, and of whole runs; traces are read by the viewer's own schema.
GOLDEN_timeline := $(ENGINE_SOURCES) sim/timeline/*.cpp verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_timeline = $(TATAMI) $(BUILD)/models/small-check.so $(BUILD)/models/small-fast.so $(PROGRAMS) build/setup/timeline.stamp
