# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_litmus := sim/runtime/device.cpp $(filter-out $(NODE_MODEL),$(wildcard sim/engine/*.cpp)) sim/runtime/config.cpp \
  verif/golden/core/*.cpp verif/golden/num/*.cpp verif/lockstep/*.cpp
NEEDS_litmus := $(BUILD)/models/full-check.so
