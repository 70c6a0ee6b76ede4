# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_engine := small
# Thirteen nodes are compiled here and run for a few thousand cycles.
OPT_engine := -O0
GOLDEN_engine := sim/runtime/device.cpp $(filter-out $(NODE_MODEL),$(wildcard sim/engine/*.cpp)) sim/runtime/config.cpp
NEEDS_engine := $(BUILD)/models/small-fast.so $(BUILD)/models/small-trace.so
# Both models bring the same functions of the SRAM's back door; they act on the scope that is set.
LIBS_engine := -Wl,--allow-multiple-definition
