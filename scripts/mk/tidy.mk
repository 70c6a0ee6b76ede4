# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# clang-tidy, with the checks of .clang-tidy.

##@ Check

#: FILES only these C++ sources or folders (make tidy)
FILES ?=

# Headers that sources include and Verilator writes.
TIDY_HEADERS := $(foreach top,$(patsubst verif/tests/%.sv,%,$(wildcard verif/tests/*/*_tb.sv)),$(BENCHES)/$(top)/V$(notdir $(top)).mk) \
  $(PLAIN)/verilated/node-small-fast/Vnode_top.mk $(PLAIN)/verilated/router-small/Vrouter_top.mk

.PHONY: tidy
tidy: $(GEN_STAMP) $(TIDY_HEADERS) | build/setup/tidy.stamp build/setup/test.stamp ## Look for mistakes in the C++ sources with clang-tidy (a part: FILES)
	$(Q)python3 scripts/tidy.py --build $(BUILD) --jobs $(JOBS) --flags '$(CPPFLAGS) $(filter-out -Werror,$(CXXFLAGS))' $(FILES)
