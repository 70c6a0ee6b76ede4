# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The runner of proofs on small designs of its own: what it believes, and what it refuses.
GOLDEN_formal := verif/tests/cli/runner.cpp sim/runtime/files.cpp
NEEDS_formal := build/setup/formal.stamp
