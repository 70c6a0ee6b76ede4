# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_engine := small
# Thirteen nodes are compiled here and run for a few thousand cycles.
OPT_engine := -O0
GOLDEN_engine := $(ENGINE_SOURCES)
NEEDS_engine := $(BUILD)/models/small-fast.so $(BUILD)/models/small-trace.so
# Both models bring the same functions of the SRAM's back door; they act on the scope that is set.
LIBS_engine := -Wl,--allow-multiple-definition
COVER_engine := verif/coverage/die.vlt
