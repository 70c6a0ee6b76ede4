# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Views of waveforms: which signals are shown, in which groups, under which names, and how."""
