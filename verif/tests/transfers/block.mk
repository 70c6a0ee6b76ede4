# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Transfers and barriers of whole machines.
GOLDEN_transfers := $(ENGINE_SOURCES) sim/kernels/barrier.cpp \
  verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/golden/machine/*.cpp
NEEDS_transfers := $(BUILD)/models/small-fast.so
