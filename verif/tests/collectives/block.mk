# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_collectives = $(GOLDEN_workloads) sim/collectives/*.cpp
NEEDS_collectives := $(BUILD)/models/small-check.so $(BUILD)/models/small-fast.so
