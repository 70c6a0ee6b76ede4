# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_ops := verif/golden/ops/*.cpp
LIBS_ops := -lopenblas
