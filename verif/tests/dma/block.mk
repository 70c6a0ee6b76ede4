# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
CONFIG_dma := small
GOLDEN_dma := verif/golden/dma/*.cpp verif/golden/noc/*.cpp
COVER_dma := verif/coverage/dma_cover.sv
