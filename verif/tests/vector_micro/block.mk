# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The bench of verif/tests/vector on the smallest matrix unit, whose tile fills one register.
CONFIG_vector_micro := micro
GOLDEN_vector_micro :=
