# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Sanitizers: the same targets, built in a folder of their own. What is checked is the C++ that people write: that of Verilator, and what
# else does not depend on it, comes from the folder PLAIN without sanitizers.

#: SANITIZE SANITIZE=1 builds and runs with AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer (build/sanitize)
SANITIZE ?=

# Only programs with sanitizers look at these.
SYMBOLIZER := external_symbolizer_path=/usr/bin/addr2line
export ASAN_OPTIONS := detect_stack_use_after_return=1:check_initialization_order=1:strict_string_checks=1:$(SYMBOLIZER)
export LSAN_OPTIONS := suppressions=$(CURDIR)/scripts/leaks.supp:print_suppressions=0
export UBSAN_OPTIONS := print_stacktrace=1:$(SYMBOLIZER)

PLAIN := $(BUILD)
ifneq ($(filter-out 0 1 fuzz,$(SANITIZE)),)
$(error SANITIZE=$(SANITIZE) is unknown; SANITIZE=1 builds with sanitizers)
endif
ifneq ($(filter 1 fuzz,$(SANITIZE)),)
override BUILD := $(BUILD)/$(if $(filter fuzz,$(SANITIZE)),fuzz,sanitize)
SANITIZE_FLAGS := -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
# fuzz: the parsers count which of their branches an input reaches.
SANITIZE_CXXFLAGS := $(SANITIZE_FLAGS)$(if $(filter fuzz,$(SANITIZE)), -fsanitize=fuzzer-no-link)
endif
