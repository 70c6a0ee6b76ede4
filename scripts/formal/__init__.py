# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Proofs: see docs/formal.md. The lists of proofs, and how sby is run on one of them."""
