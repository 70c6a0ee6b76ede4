# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_asm := small
GOLDEN_asm := verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp
