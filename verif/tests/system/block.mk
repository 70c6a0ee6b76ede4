# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_system := small
GOLDEN_system := sim/runtime/device.cpp $(filter-out $(NODE_MODEL),$(wildcard sim/engine/*.cpp)) sim/runtime/config.cpp \
  verif/golden/core/*.cpp verif/golden/num/*.cpp verif/golden/machine/*.cpp verif/lockstep/*.cpp
NEEDS_system := $(BUILD)/models/small-check.so
