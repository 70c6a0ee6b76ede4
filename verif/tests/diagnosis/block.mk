# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_diagnosis := small
GOLDEN_diagnosis := $(ENGINE_SOURCES) sim/diagnosis/*.cpp
NEEDS_diagnosis := $(BUILD)/models/small-fast.so $(BUILD)/models/small-check.so
# Both models bring the same functions of the SRAM's back door; they act on the scope that is set.
LIBS_diagnosis := -Wl,--allow-multiple-definition
