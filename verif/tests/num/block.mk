# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
LIBS_num := -lmpfr -lgmp
