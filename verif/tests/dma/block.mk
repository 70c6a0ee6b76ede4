# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The largest memory: all bits of an address count.
CONFIG_dma := full
GOLDEN_dma := verif/golden/dma/*.cpp verif/golden/noc/*.cpp
COVER_dma := verif/coverage/dma_cover.sv
