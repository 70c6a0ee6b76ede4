# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Tests: verif/tests/<block>/ holds *_test.cpp (Catch2), *_tb.sv (Verilated tops) and block.mk, which may set
#   CONFIG_<block>  configuration of the tops (default small)
#   OPT_<block>     C++ optimization of the tops (default -O1; -O0 builds faster and runs slower)
#   GOLDEN_<block>  C++ sources to link: golden models, parts of sim/ (patterns allowed)
#   LIBS_<block>    further libraries, such as -lmpfr
#   COVER_<block>   modules of verif/coverage for its tops, or what is not counted in them (make coverage)
#   NEEDS_<block>   files that must exist when the test runs, such as $(BUILD)/models/small-fast.so or $(TATAMI); with TRACE=1 the
#                   models that record, too

##@ Check

#: BLOCK test only these folders of verif/tests
BLOCK ?=
#: TEST run only the test cases that match this Catch2 filter
TEST ?=
# A further object for every test program, from who builds faults into models (`make mutate`).
TEST_EXTRA ?=
# Verilog that is read before the RTL, a netlist in place of a module, and the only top that reads it if not all (`make gates`).
NETLIST ?=
NETLIST_TOP ?=
netlist = $(if $(filter-out $(1),$(NETLIST_TOP)),,$(NETLIST))
#: TIER TIER=nightly also runs the long tests
TIER ?= full

# The simulated machine, for blocks that run programs on it.
ENGINE_SOURCES := $(filter-out $(NODE_MODEL),$(wildcard sim/engine/*.cpp)) $(filter-out sim/routing/table_file.cpp,$(wildcard sim/routing/*.cpp)) \
  sim/runtime/config.cpp sim/runtime/device.cpp

ALL_BLOCKS := $(sort $(patsubst verif/tests/%/,%,$(dir $(wildcard verif/tests/*/*_test.cpp))))
-include $(wildcard verif/tests/*/block.mk)

# A test with TRACE=1 is built beside the fast one.
TESTS := $(BUILD)/tests-$(FLAVOUR)
BENCHES := $(PLAIN)/tests-$(FLAVOUR)
# $(call recording,models): with TRACE=1, those that record in their place (verif/lib/device_wave.hpp opens them).
recording = $(if $(filter trace,$(FLAVOUR)),$(patsubst %-fast.so,%-trace.so,$(patsubst %-check.so,%-checktrace.so,$(1))))
CATCH_LIBS := $(if $(wildcard /usr/include/catch2/catch_all.hpp),-lCatch2)
# Wide operations stay calls: a third of the code to compile.
BENCH_ARGS := --expand-limit 4

$(TESTS)/main.o: verif/lib/main.cpp verif/lib/catch.hpp verif/lib/case_log.hpp verif/lib/moment.hpp | build/setup/test.stamp
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CCACHE) $(CXX) $(CPPFLAGS) -O1 -std=c++20 -Wall -Wextra $(SANITIZE_CXXFLAGS) -c -o $@ $<

# $(call bench_rules,block,top); ends in an empty line, because the rules of several tops are joined.
define bench_rules
$(BENCHES)/$(1)/$(2)/V$(2).mk: $(GEN_STAMP) verif/tests/$(1)/$(2).sv verif/tests/$(1)/block.mk $(call netlist,$(2)) rtl/tatami.f rtl/lint.vlt | $(SETUP_SIM)
	$(call say,VLT,$(1)/$(2))
	$(Q)mkdir -p $$(@D)
	$(Q)$(VERILATOR) $(VL_ARGS) $(VL_FLAVOUR_$(FLAVOUR)) --top-module $(2) --prefix V$(2) --Mdir $$(@D) \
	  $(BENCH_ARGS) $$(call rtl,$(or $(CONFIG_$(1)),small)) $(call netlist,$(2)) -y verif/tests/$(1) $(wildcard verif/tests/$(1)/*.vlt) $(if $(filter cov,$(FLAVOUR)),$(COVER_$(1))) verif/tests/$(1)/$(2).sv
	$(Q)touch $$@

$(BENCHES)/$(1)/$(2)/V$(2)__ALL.a: $(BENCHES)/$(1)/$(2)/V$(2).mk
	$(call say,CXX,$(1)/$(2) (Verilated))
	+$(Q)$(VL_MAKE) -C $$(@D) -f V$(2).mk OPT_FAST=$(or $(OPT_$(1)),-O1) OPT_SLOW=-O0 CXXFLAGS=-std=c++20 V$(2)__ALL.a

# Written beside it: what includes it is compiled after it, in the same run of make.
$(BENCHES)/$(1)/$(2)/V$(2).h: $(BENCHES)/$(1)/$(2)/V$(2).mk ;

-include $(BENCHES)/$(1)/$(2)/V$(2)__ver.d

endef

# $(call block_rules,block,tops)
define block_rules
$(foreach top,$(2),$(call bench_rules,$(1),$(top)))

TEST_OBJECTS_$(1) := $(patsubst verif/tests/$(1)/%.cpp,$(TESTS)/$(1)/%.o,$(wildcard verif/tests/$(1)/*.cpp))

# -MD: the Verilated headers are system headers to the compiler, and dependencies all the same.
$(TESTS)/$(1)/%.o: verif/tests/$(1)/%.cpp | $(GEN_STAMP) build/setup/test.stamp $(foreach top,$(2),$(BENCHES)/$(1)/$(top)/V$(top).mk)
	$(call say,CXX,$$<)
	$(Q)mkdir -p $$(@D)
	$(Q)$(CCACHE) $(CXX) $(CPPFLAGS) $(foreach top,$(2),-isystem $(BENCHES)/$(1)/$(top) $(if $(filter cov,$(FLAVOUR)),-include V$(top)__Syms.h)) \
	  $(VL_DEFINES_$(FLAVOUR)) $(CXXFLAGS) $(or $(OPT_$(1)),-O1) \
	  -MD -MP -c -o $$@ $$<

$(TESTS)/$(1)/test: $$(TEST_OBJECTS_$(1)) $(TESTS)/main.o $(call objects,$(GOLDEN_$(1))) \
  $(foreach top,$(2),$(BENCHES)/$(1)/$(top)/V$(top)__ALL.a) $(PLAIN)/runtime/$(FLAVOUR).a $(TEST_EXTRA) | $(NEEDS_$(1)) $(call recording,$(NEEDS_$(1)))
	$(call say,LD,$$@)
	$(Q)$(CXX) $(SANITIZE_FLAGS) -pthread -rdynamic -o $$@ $$^ $(LIBS_$(1)) $(VL_LIBS_$(FLAVOUR)) $(CATCH_LIBS) $(LDLIBS)

-include $(wildcard $(TESTS)/$(1)/*.d)
endef
$(foreach block,$(ALL_BLOCKS),$(eval $(call block_rules,$(block),$(patsubst verif/tests/$(block)/%.sv,%,$(wildcard verif/tests/$(block)/*_tb.sv)))))

ifneq ($(filter-out $(ALL_BLOCKS),$(BLOCK)),)
$(error BLOCK=$(filter-out $(ALL_BLOCKS),$(BLOCK)) is unknown; blocks with tests: $(ALL_BLOCKS))
endif
# Those whose coverage counts: they have tops of their own. Left out are tops at a second size, and of isa, which has only
# generated code.
COVERAGE_BLOCKS := $(filter-out isa %_full %_micro,$(sort $(patsubst verif/tests/%/,%,$(dir $(wildcard verif/tests/*/*_tb.sv)))))
TEST_BLOCKS := $(or $(BLOCK),$(if $(filter cov,$(FLAVOUR)),$(COVERAGE_BLOCKS),$(ALL_BLOCKS)))
# What a command that repeats a failure must have too.
TEST_FLAGS := $(strip $(if $(filter 1,$(TRACE)),TRACE=1) $(if $(filter 1,$(SANITIZE)),SANITIZE=1))

.PHONY: test
test: $(foreach block,$(TEST_BLOCKS),$(TESTS)/$(block)/test) ## Build and run the tests (a part: BLOCK, TEST, SEED)
	$(Q)python3 scripts/run_tests.py --folder $(TESTS) --seed $(SEED) --tier $(TIER) --jobs $(JOBS) $(if $(TEST),--test '$(TEST)') \
	  $(if $(TEST_FLAGS),--flags '$(TEST_FLAGS)') $(TEST_BLOCKS)

.PHONY: mutants
#: FAULT try only these faults of verif/mutants.json (make mutants)
FAULT ?=
mutants: build/setup/test.stamp ## Break the RTL on purpose, a line at a time: which test notices?
	$(Q)env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL python3 scripts/mutants.py $(FAULT)

#: GROUP only these groups of verif/mutation/plan.json (make mutate)
GROUP ?=
#: COUNT so many faults of each group instead of those planned (make mutate)
COUNT ?=
#: AGAIN AGAIN=1 tries only the faults that survived last time (make mutate)
AGAIN ?=
.PHONY: mutate
mutate: build/setup/test.stamp ## Break the RTL in hundreds of places: which faults does no test notice? (build/mutation/report.md)
	$(Q)env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL $(PYTHON) scripts/mutate.py --jobs $(JOBS) --seed $(SEED) $(if $(COUNT),--count $(COUNT)) $(if $(filter 1,$(AGAIN)),--again) $(GROUP)

.PHONY: coverage
coverage: build/setup/coverage.stamp ## What the tests of blocks reach of the RTL: lines, bits, functions (build/coverage/report.md and html)
	+$(Q)$(MAKE) --no-print-directory test COVERAGE=1
	$(Q)python3 scripts/cover.py --out $(BUILD)/coverage $(if $(BLOCK),,--floor) \
	  $(foreach block,$(or $(BLOCK),$(COVERAGE_BLOCKS)),$(BUILD)/tests-cov/$(block))
