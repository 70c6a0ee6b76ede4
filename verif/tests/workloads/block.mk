# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_workloads := $(filter-out sim/runtime/tatami%,$(wildcard sim/runtime/*.cpp sim/kernels/*.cpp sim/workloads/*.cpp)) \
  verif/golden/ops/*.cpp verif/golden/core/*.cpp verif/golden/machine/*.cpp
