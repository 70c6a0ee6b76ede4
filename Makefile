# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Each target sets up what it needs by itself; `make help` lists targets and variables. The rules are in scripts/mk/.

.DEFAULT_GOAL := help

include scripts/mk/common.mk
include scripts/mk/sanitize.mk
include scripts/mk/setup.mk
include scripts/mk/gen.mk
include scripts/mk/cpp.mk
include scripts/mk/verilator.mk
include scripts/mk/sim.mk
include scripts/mk/programs.mk
include scripts/mk/test.mk
include scripts/mk/tidy.mk
include scripts/mk/regress.mk
include scripts/mk/fuzz.mk
include scripts/mk/lint.mk
include scripts/mk/formal.mk
include scripts/mk/synth.mk
include scripts/mk/fpga.mk
include scripts/mk/help.mk
