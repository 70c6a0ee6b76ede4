# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Board tops, at their pins.
CONFIG_board := tiny
