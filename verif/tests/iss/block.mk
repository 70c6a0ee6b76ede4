# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_iss := small
GOLDEN_iss := verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp
