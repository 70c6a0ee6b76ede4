# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What the tests reach of the RTL: lines and branches, bits that change, and functions that verif/coverage names."""
