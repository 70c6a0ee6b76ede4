# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Transfers of nodes of full size.
CONFIG_transfers_full := full
GOLDEN_transfers_full := $(ENGINE_SOURCES)
NEEDS_transfers_full := $(BUILD)/models/full-fast.so
