# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
LIBS_formats := -lmpfr -lgmp
OPT_formats := -O2
