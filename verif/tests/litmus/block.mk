# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_litmus := $(ENGINE_SOURCES) \
  verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/lockstep/*.cpp
NEEDS_litmus := $(BUILD)/models/full-check.so
