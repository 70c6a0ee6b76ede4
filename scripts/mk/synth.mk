# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Area and timing in a standard-cell technology.

##@ Hardware figures

#: TOP synthesize only this top of synth/asic/tops.json
TOP ?=

.PHONY: synth
synth: $(GEN_STAMP) | build/setup/synth.stamp ## Report area and critical path of the tops of synth/asic/tops.json (build/synth/report.md)
	$(call say,SYNTH,$(or $(TOP),all tops))
	$(Q)$(PYTHON) scripts/synth.py --out $(BUILD)/synth --gen $(GEN) --jobs $(JOBS) --tier $(TIER) $(TOP)
