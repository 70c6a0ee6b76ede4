# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Example programs in C, for `tatami exec`, with the stock RISC-V compiler.

##@ Run

PROGRAMS := $(patsubst programs/%.c,$(PLAIN)/programs/%.elf,$(wildcard programs/*.c))
RISCV_CC := riscv64-unknown-elf-gcc
# The compressed set is off; -N and the warning about it: text and data share the SRAM.
RISCV_FLAGS := -O2 -march=rv64im -mabi=lp64 -mcmodel=medany -ffreestanding -nostdlib -Wall -Wextra -Werror \
  -Iprograms/lib -I$(GEN) -Wl,-Tprograms/lib/tatami.ld -Wl,--build-id=none -Wl,--no-warn-rwx-segments

$(PLAIN)/programs/%.elf: programs/%.c $(wildcard programs/lib/*) $(GEN_STAMP) | build/setup/programs.stamp
	$(call say,RISCV,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(RISCV_CC) $(RISCV_FLAGS) programs/lib/crt0.S programs/lib/memory.c $< -lgcc -o $@

.PHONY: programs
programs: $(PROGRAMS) ## Build the C programs of programs/ for tatami exec
