# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Regression: the jobs of verif/regress/jobs.json, which build what they need.

##@ Check

#: SEEDS seeds of a regression, such as '1 7 9..12' (default: as its tier says)
SEEDS ?=
#: ONLY run only these jobs of a regression, by name; patterns allowed
ONLY ?=
#: FRESH FRESH=1 starts a regression over that was interrupted
FRESH ?=

REGRESS = python3 scripts/regress.py --build $(BUILD) --jobs $(JOBS) --tier $(TIER) $(if $(SEEDS),--seeds '$(SEEDS)') \
  $(if $(ONLY),--only '$(ONLY)') $(if $(FRESH),--fresh)

.PHONY: regress cycles cycle-baselines
regress: ## Run a tier of jobs (TIER=smoke, full or nightly; SEEDS, ONLY), resume, compare (build/regress/report.json, junit.xml)
	$(Q)$(REGRESS)

cycles: ## Run the workloads of the tier and compare their cycles with the baselines (verif/regress/cycles.json)
	$(Q)$(REGRESS) --kind run --out $(BUILD)/regress/cycles --fresh

cycle-baselines: ## Make today's cycles of the workloads the baselines
	$(Q)$(REGRESS) --kind run --out $(BUILD)/regress/cycles --fresh --write
