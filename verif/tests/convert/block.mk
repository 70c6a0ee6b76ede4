# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
OPT_convert := -O2
