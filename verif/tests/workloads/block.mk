# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_workloads := $(sort $(ENGINE_SOURCES) $(wildcard sim/runtime/*.cpp sim/kernels/*.cpp sim/workloads/*.cpp)) \
  verif/golden/ops/*.cpp verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/golden/machine/*.cpp verif/lockstep/*.cpp
NEEDS_workloads := $(BUILD)/models/small-check.so
