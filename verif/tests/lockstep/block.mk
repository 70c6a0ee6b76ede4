# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_lockstep := small
GOLDEN_lockstep := verif/lockstep/comparer.cpp verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp
COVER_lockstep := verif/coverage/cause_pkg.sv verif/coverage/instruction_cover.sv verif/coverage/trap_cover.sv verif/coverage/hazard_cover.sv verif/coverage/matrix_cover.sv verif/coverage/convert_cover.sv
