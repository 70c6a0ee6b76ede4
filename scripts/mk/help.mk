# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# help, clean and ci. Help is read from the comments: `##@ Group`, `target: ## text` and, above a variable, `#: NAME text`.

##@ General

.PHONY: help clean ci
help: ## Show this help
	@awk 'BEGIN { FS = ":.*## "; print "Tatami: an open Dojo-class training machine, simulated and checked bit by bit." } \
	  /^##@ / { group = substr($$0, 5); if (!(group in seen)) { seen[group] = 1; order[++groups] = group } } \
	  /^[a-zA-Z0-9_-]+:.*## / { text[group] = text[group] sprintf("  %-14s %s\n", $$1, $$2) } \
	  /^#: / { name = $$2; line = substr($$0, 4); word = line; sub(/ .*/, "", word); sub(/^[^ ]+ /, "", line); \
	           vars = vars sprintf("  %-14s %s\n", word, line) } \
	  END { for (i = 1; i <= groups; i++) printf "\n%s\n%s", order[i], text[order[i]]; printf "\nVariables\n%s", vars }' $(MAKEFILE_LIST)
	@printf '\nExamples\n  make sim WORKLOAD=matmul M=200 N=96 K=160 MESH=1x3\n  make test BLOCK=router SEED=7\n'

clean: ## Remove everything that was built (the downloaded tools in build/venv stay)
	$(Q)find $(BUILD) -mindepth 1 -maxdepth 1 ! -name venv ! -name setup -exec rm -rf {} + 2>/dev/null || true

# The steps run one after the other, so that the log reads from top to bottom; the times show where a slow run spends them.
CI_STEPS := test lint formal synth fpga sim cycles
ci: ## Exactly what CI runs: test, lint, formal, synth, fpga, sim, cycles
	+$(Q)for step in $(CI_STEPS); do \
	  start=$$SECONDS; code=0; $(MAKE) --no-print-directory $$step || code=$$?; \
	  echo "== $$step: $$((SECONDS - start)) s"; test $$code = 0 || exit $$code; \
	done
