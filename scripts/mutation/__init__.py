# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Faults in the RTL by the hundred: all of a block's are built into one model, and a number chooses the one that acts."""
