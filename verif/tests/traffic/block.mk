# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_traffic := $(filter-out $(ROUTER_MODEL),$(wildcard sim/traffic/*.cpp)) $(filter-out sim/routing/table_file.cpp,$(wildcard sim/routing/*.cpp)) \
  sim/engine/shared_library.cpp sim/runtime/config.cpp
NEEDS_traffic := $(BUILD)/models/small-router.so $(BUILD)/models/full-router.so
OPT_traffic := -O2
