# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# The runner, its runs, waveforms and benches.

##@ Simulate

#: WORKLOAD what to run: matmul, conv, or empty for both with their default shapes
WORKLOAD ?=
#: M matmul: rows of A and C (also N, K: columns of C, the reduction)
M ?=
N ?=
K ?=
#: MESH nodes as ROWSxCOLS (default 2x2)
MESH ?= 2x2
#: FORMAT number format of the operands (default bf16)
FORMAT ?= bf16
#: SEED seed of every random choice (default 1)
SEED ?= 1
#: THREADS host threads of the simulation
THREADS ?=
#: TRACE TRACE=1 writes a waveform (FST)
TRACE ?= 0
#: TRACE_FROM first cycle in the waveform (also TRACE_TO: the cycle after its last)
TRACE_FROM ?=
TRACE_TO ?=
#: KANATA KANATA=1 writes a pipeline log for Konata, PERFETTO=1 a trace for Perfetto
KANATA ?= 0
PERFETTO ?= 0
#: TIMELINE_FROM first cycle in the two (also TIMELINE_TO: the cycle after their last)
TIMELINE_FROM ?=
TIMELINE_TO ?=
#: ARGS further arguments for the runner, e.g. ARGS='--a a.npy --b b.npy --out c.npy'
ARGS ?=

#: RUN arguments of the runner that failed, as it printed them (make why)
RUN ?=
#: RESULTS results for make report (default: those of the last runs)
RESULTS ?=
#: LOCKSTEP LOCKSTEP=1 compares every instruction with the golden simulator
LOCKSTEP ?= 0

#: COVERAGE COVERAGE=1 counts which lines, bits and functions the tests reach (make coverage)
COVERAGE ?= 0

FLAVOUR := $(if $(filter 1,$(TRACE)),trace,$(if $(filter 1,$(COVERAGE)),cov,fast))
TATAMI := $(BUILD)/tatami
MODEL := $(BUILD)/models/$(CONFIG)-$(if $(filter 1,$(LOCKSTEP) $(KANATA) $(PERFETTO)),check,$(FLAVOUR)).so
RUNS := $(BUILD)/runs

TATAMI_SOURCES := $(filter-out $(NODE_MODEL) $(ROUTER_MODEL),$(wildcard sim/*.cpp sim/*/*.cpp sim/*/*/*.cpp verif/golden/*/*.cpp verif/lockstep/*.cpp))
TATAMI_OBJECTS := $(patsubst %.cpp,$(OBJ)/%.o,$(TATAMI_SOURCES))

$(TATAMI): $(TATAMI_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(CXX) $(SANITIZE_FLAGS) -pthread -rdynamic -o $@ $^ $(LDLIBS)

# $(call run,workload): the command line of one run.
run = $(TATAMI) run $(1) --mesh $(MESH) --config $(CONFIG) --format $(FORMAT) --seed $(SEED) \
  $(if $(filter matmul,$(1)),$(if $(M),--m $(M)) $(if $(N),--n $(N)) $(if $(K),--k $(K))) $(if $(THREADS),--threads $(THREADS)) \
  $(if $(filter 1,$(LOCKSTEP)),--lockstep) $(if $(filter 1,$(TRACE)),--trace $(RUNS)/$(1).fst) $(if $(TRACE_FROM),--trace-from $(TRACE_FROM)) $(if $(TRACE_TO),--trace-to $(TRACE_TO)) \
  $(if $(filter 1,$(KANATA)),--kanata $(RUNS)/$(1).kanata) $(if $(filter 1,$(PERFETTO)),--perfetto $(RUNS)/$(1).pftrace) \
  $(if $(TIMELINE_FROM),--timeline-from $(TIMELINE_FROM)) $(if $(TIMELINE_TO),--timeline-to $(TIMELINE_TO)) \
  --json $(RUNS)/$(1).json $(ARGS)

.PHONY: build sim wave why report bench
build: $(TATAMI) $(MODEL) ## Build the runner (build/tatami) and the node model of CONFIG

sim: build ## Run a workload on the simulated machine and compare it bit by bit
	@mkdir -p $(RUNS)
	$(if $(WORKLOAD),$(Q)$(call run,$(WORKLOAD)),$(Q)$(call run,matmul))
	$(if $(WORKLOAD),,$(Q)$(call run,conv))

# A failing run, or a failing test, is what the waveform is wanted for.
wave: ## Open the last waveform of a run, or with BLOCK that of a test, where it failed (without a display: say where it is)
ifeq ($(BLOCK),)
	$(Q)scripts/wave.sh $(RUNS)
else
	+$(Q)$(MAKE) --no-print-directory test TRACE=1 || [ -n "$$(find $(BUILD)/tests-trace/$(BLOCK) -name '*.fst')" ]
	$(Q)scripts/wave.sh $(BUILD)/tests-trace/$(BLOCK)
endif

# A run of the runner ends with 1 or 3 when it fails; with 2 when it could not begin.
why: $(if $(RUN),$(TATAMI) $(foreach flavour,fast check trace,$(BUILD)/models/$(CONFIG)-$(flavour).so)) ## Run RUN='run matmul ...' again, say why it fails, and open its waveform there
	$(if $(RUN),,@echo "why: RUN='...' is missing, the arguments of the runner that failed, as it printed them" >&2; exit 2)
	$(Q)mkdir -p $(RUNS); rm -f $(RUNS)/why.*
	$(Q)$(TATAMI) $(RUN) --trace $(RUNS)/why.fst --trace-on failure || [ $$? != 2 ]
	$(Q)[ ! -f $(RUNS)/why.fst ] || scripts/wave.sh $(RUNS)

# The results of the last runs, or those of RESULTS: one, or a second one that is compared with it.
report: $(TATAMI) ## One HTML page per result (build/runs/<workload>.html); RESULTS='a.json b.json': of these, the second against the first
	$(if $(RESULTS),$(Q)$(TATAMI) report $(RESULTS) -o $(RUNS)/report.html,$(Q)scripts/report.sh $(TATAMI) $(RUNS))

bench: build $(BUILD)/tests-fast/vector_full/test ## Measure the simulation speed, of machines and of the matrix unit alone
	$(Q)$(TATAMI) bench engine --config $(CONFIG) $(ARGS)
	$(Q)$(BUILD)/tests-fast/vector_full/test "[.bench]"
