# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_machine := small
GOLDEN_machine := verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/golden/machine/*.cpp
