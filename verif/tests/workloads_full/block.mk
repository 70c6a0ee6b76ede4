# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_workloads_full := $(GOLDEN_workloads) verif/tests/workloads/bench.cpp
NEEDS_workloads_full := $(BUILD)/models/full-check.so
