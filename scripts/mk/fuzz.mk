# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Fuzzing: verif/fuzz/<name>.cpp is the libFuzzer target of a parser, built with sanitizers.

##@ Check

#: INPUTS inputs of each parser (make fuzz)
INPUTS ?= 200000
#: FUZZ only these parsers: files of verif/fuzz (make fuzz)
FUZZ ?=

FUZZ_TARGETS := $(patsubst verif/fuzz/%.cpp,%,$(wildcard verif/fuzz/*.cpp))
FUZZ_PROGRAMS := $(addprefix $(BUILD)/fuzz-,$(FUZZ_TARGETS))
FUZZ_SOURCES := sim/runtime/*.cpp sim/routing/*.cpp sim/cli/parse.cpp sim/cli/injection.cpp sim/cli/grid_options.cpp \
  sim/cli/decode.cpp sim/cli/trace_options.cpp sim/report/*.cpp \
  verif/golden/core/*.cpp verif/golden/sram/*.cpp verif/golden/num/*.cpp

$(BUILD)/fuzz.a: $(call objects,$(FUZZ_SOURCES))
	$(Q)rm -f $@; ar -rcs $@ $^

$(FUZZ_PROGRAMS): $(BUILD)/fuzz-%: $(OBJ)/verif/fuzz/%.o $(BUILD)/fuzz.a
	$(call say,LD,$@)
	$(Q)$(CXX) $(SANITIZE_CXXFLAGS) -fsanitize=fuzzer -pthread -o $@ $^ $(LDLIBS)

.PHONY: fuzz
fuzz: $(TATAMI) $(PROGRAMS) ## Feed parsers with made-up inputs, under sanitizers (INPUTS of each; a part: FUZZ)
	+$(Q)$(MAKE) --no-print-directory SANITIZE=fuzz fuzz-targets
	$(Q)python3 scripts/fuzz.py --build $(BUILD) --jobs $(JOBS) --seed $(SEED) --inputs $(INPUTS) $(FUZZ)

.PHONY: fuzz-targets
fuzz-targets: $(FUZZ_PROGRAMS)
