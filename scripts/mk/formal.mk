# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Proofs: verif/formal/<block>/proofs.json lists them, *_proof.sv beside it are their tops.

##@ Check

#: FORMAL run only this proof or block of verif/formal (make formal)
FORMAL ?=
#: FAULTS FAULTS=1 seeds each proof's faults instead and expects it to fail (make formal)
FAULTS ?=

.PHONY: formal
formal: $(GEN_STAMP) | build/setup/formal.stamp ## Prove properties of the RTL with sby (a part: FORMAL; TIER=nightly: all; FAULTS=1: do they notice?)
	$(Q)$(PYTHON) scripts/formal.py --out $(BUILD)/formal --gen $(GEN) --jobs $(JOBS) --tier $(TIER) $(if $(FAULTS),--faults $(FAULTS)) $(FORMAL)
