# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_router := small
GOLDEN_router := verif/golden/noc/*.cpp
OPT_router := -O0
COVER_router := verif/coverage/router_cover.sv
