# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""From RTL to gates: see docs/synthesis.md. One file per step of the flow."""
