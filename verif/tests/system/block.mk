# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_system := small
GOLDEN_system := $(ENGINE_SOURCES) \
  verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/golden/machine/*.cpp verif/lockstep/*.cpp
NEEDS_system := $(BUILD)/models/small-check.so
