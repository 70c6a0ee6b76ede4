# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Area and timing in standard cells.

##@ Hardware figures

#: TOP only these tops of synth/asic/tops.json (synth, gates, power, ...) or synth/fpga/tops.json (fpga)
TOP ?=
#: TECHNOLOGY cells of synthesis: osu018, osu035 (default: as the tier says)
TECHNOLOGY ?=

SYNTH = $(PYTHON) scripts/synth.py --out $(BUILD)/synth --gen $(GEN) --jobs $(JOBS) --tier $(TIER) $(addprefix --technology ,$(TECHNOLOGY))

.PHONY: synth baselines synth-docs traffic gates equivalence power
synth: $(GEN_STAMP) | build/setup/synth.stamp ## Area and critical path of the tops of synth/asic/tops.json (build/synth/report.md), against the baselines
	$(call say,SYNTH,$(or $(TOP),all tops of the tier))
	$(Q)$(SYNTH) $(TOP)

baselines: $(GEN_STAMP) | build/setup/synth.stamp ## Make today's area and critical paths the baselines (synth/baselines), and the pages that show them
	$(call say,SYNTH,baselines of $(or $(TOP),all tops of the tier))
	$(Q)$(SYNTH) --write $(TOP)
	$(Q)$(SYNTH) --docs

synth-docs: | build/setup/synth.stamp ## Make the tables and the picture of the pages from the baselines
	$(Q)$(SYNTH) --docs

traffic: $(TATAMI) | $(SETUP_SIM) build/setup/synth.stamp ## Saturation throughput of the routers of synth/asic/tops.json with "traffic" (synth/traffic.json), and the pages that show it
	$(call say,MESH,$(or $(TOP),all tops with traffic))
	$(Q)$(PYTHON) scripts/traffic.py --build $(BUILD) --gen $(GEN) $(TOP)
	$(Q)$(SYNTH) --docs

gates: $(GEN_STAMP) | build/setup/synth.stamp build/setup/test.stamp ## Run the tests of blocks on their mapped netlists (those of synth/asic/tops.json with "gates")
	$(Q)$(PYTHON) scripts/gates.py --build $(BUILD) --gen $(GEN) --seed $(SEED) $(TOP)

equivalence: $(GEN_STAMP) | build/setup/synth.stamp ## Prove that the mapped netlists of small blocks are their RTL (those of synth/asic/tops.json with "equivalence")
	$(Q)$(PYTHON) scripts/equivalence.py --build $(BUILD) --gen $(GEN) $(TOP)

power: $(GEN_STAMP) $(TATAMI) $(BUILD)/models/full-trace.so $(BUILD)/models/small-trace.so | build/setup/synth.stamp ## Energy per MAC and per hop of mapped netlists, with the activity of real runs (those of synth/asic/tops.json with "power"; build/power/report.md)
	$(Q)$(PYTHON) scripts/power.py --build $(BUILD) --gen $(GEN) $(TOP)
