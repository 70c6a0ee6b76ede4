# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The bench of verif/tests/lockstep on the full core: four threads, the wide vector unit.
CONFIG_lockstep_full := full
GOLDEN_lockstep_full := verif/lockstep/comparer.cpp verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp verif/tests/lockstep/program_*.cpp
