# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The bench of verif/tests/vector on the 8x8x4 matrix unit, built for speed: its simulation is measured, too.
CONFIG_vector_full := full
OPT_vector_full := -O3
GOLDEN_vector_full :=
