# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# C++ sources to objects; the same object serves the runner and every test.

CPPFLAGS := -I. -I$(GEN) -isystem $(VERILATOR_ROOT)/include -isystem $(VERILATOR_ROOT)/include/vltstd
CXXFLAGS := -O2 -g1 -std=c++20 -pthread -Wall -Wextra -Wshadow -Werror $(SANITIZE_CXXFLAGS)
LDLIBS := -lfmt -ldl -latomic
OBJ := $(BUILD)/obj

# $(call objects,sources): the objects of C++ sources, which may be patterns.
objects = $(patsubst %.cpp,$(OBJ)/%.o,$(sort $(wildcard $(1))))

$(OBJ)/%.o: %.cpp | $(GEN_STAMP) $(SETUP_SIM)
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CCACHE) $(CXX) $(CPPFLAGS) $(CXXFLAGS) $(EXTRA_CXXFLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/sim/engine/model_library.o: EXTRA_CXXFLAGS += $(MODEL_FACTORY)
$(OBJ)/sim/traffic/router_library.o: EXTRA_CXXFLAGS += $(ROUTER_FACTORY)

# Files that the assembler reads into an object.
$(OBJ)/sim/report/page.o: $(wildcard sim/report/page/*)

-include $(shell test -d $(OBJ) && find $(OBJ) -name '*.d')
