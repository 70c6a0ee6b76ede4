# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Placed and routed on an FPGA.

##@ Hardware figures

.PHONY: fpga
fpga: $(GEN_STAMP) | build/setup/fpga.stamp ## Use and frequency of the tops of synth/fpga/tops.json on an ECP5, placed and routed (build/fpga/report.md)
	$(call say,FPGA,$(or $(TOP),all tops of the tier))
	$(Q)$(PYTHON) scripts/fpga.py --out $(BUILD)/fpga --gen $(GEN) --jobs $(JOBS) --tier $(TIER) $(TOP)
