# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
GOLDEN_mutation := verif/tests/cli/runner.cpp sim/runtime/files.cpp
