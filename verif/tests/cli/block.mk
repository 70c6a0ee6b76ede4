# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_cli := sim/runtime/npy.cpp sim/runtime/files.cpp sim/runtime/tensor.cpp sim/runtime/elf.cpp sim/workloads/compare.cpp
NEEDS_cli = $(TATAMI) $(BUILD)/models/small-fast.so $(BUILD)/models/small-trace.so $(BUILD)/models/small-check.so $(BUILD)/models/small-router.so $(PROGRAMS)
