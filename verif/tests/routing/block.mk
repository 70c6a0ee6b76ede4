# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
OPT_routing := -O2
GOLDEN_routing := $(filter-out sim/routing/table_file.cpp,$(wildcard sim/routing/*.cpp)) sim/workloads/rectangle.cpp verif/golden/noc/*.cpp
