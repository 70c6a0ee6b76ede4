# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The tests adapt to the configuration: `make test BLOCK=vector CONFIG_vector=full` runs them on the full one.
CONFIG_vector ?= small
GOLDEN_vector := verif/golden/core/simd.cpp verif/golden/num/functions.cpp
COVER_vector := verif/coverage/matrix_cover.sv verif/coverage/convert_cover.sv
