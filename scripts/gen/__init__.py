# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Generators: one module per table (isa, noc, config), each with load() that checks and render functions that write text."""
