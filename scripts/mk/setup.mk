# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Set-up: one stamp per group, so that a second make costs nothing; a changed list of packages runs it again.

##@ General

SETUP_GROUPS := sim test lint tidy format formal synth fpga coverage wave browser timeline programs
SETUP := $(patsubst %,build/setup/%.stamp,$(SETUP_GROUPS))
SETUP_SIM := build/setup/sim.stamp

$(SETUP): build/setup/%.stamp: scripts/setup.sh scripts/packages.sh $(wildcard scripts/requirements-*.txt)
	$(Q)mkdir -p $(@D)
	$(Q)scripts/setup.sh $*
	$(Q)touch $@

.PHONY: setup doctor
setup: build/setup/sim.stamp build/setup/test.stamp build/setup/lint.stamp build/setup/formal.stamp build/setup/synth.stamp build/setup/fpga.stamp build/setup/browser.stamp build/setup/timeline.stamp build/setup/programs.stamp ## Install everything now (each target otherwise installs what it needs)

doctor: ## Show each tool's version and path, and the fix for what is missing or too old
	$(Q)scripts/doctor.sh
