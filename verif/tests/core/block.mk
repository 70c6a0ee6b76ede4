# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_core := small
GOLDEN_core := verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp
COVER_core := verif/coverage/cause_pkg.sv verif/coverage/instruction_cover.sv verif/coverage/trap_cover.sv verif/coverage/hazard_cover.sv
