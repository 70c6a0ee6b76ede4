# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_config := sim/runtime/config.cpp
