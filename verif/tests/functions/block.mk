# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_functions := verif/golden/num/functions.cpp
LIBS_functions := -lmpfr -lgmp
OPT_functions := -O2
