# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Sources made from the tables.

##@ General

GEN_STAMP := $(GEN)/.stamp
TABLES := rtl/core/isa.json rtl/noc/packet.json rtl/num/formats.json $(wildcard sim/configs/*.json)

$(GEN_STAMP): scripts/gen.py $(wildcard scripts/gen/*.py scripts/gen/templates/*) $(TABLES)
	$(call say,GEN,$(GEN))
	$(Q)python3 scripts/gen.py --out $(GEN)
	$(Q)touch $@

.PHONY: gen docs
gen: $(GEN_STAMP) ## Make the generated sources (decoder, packet types, configurations)

docs: ## Rewrite the generated page docs/isa.md
	$(Q)python3 scripts/gen.py --docs
