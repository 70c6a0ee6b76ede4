# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Start of a C program: thread 0 clears .bss, calls main on a stack at the end of the program's memory, and gives main's
# result to the host.
.section .text.start, "ax"
.globl _start
_start:
.option push
.option norelax
  la gp, __global_pointer$
.option pop
  la sp, __stack_top
  la t0, __bss_start
  la t1, __bss_end
1:
  bgeu t0, t1, 2f
  sd zero, 0(t0)
  addi t0, t0, 8
  j 1b
2:
  li a0, 0
  li a1, 0
  call main
  # tohost = 2 * result + 1, then wait: the host ends the run.
  slli a0, a0, 1
  ori a0, a0, 1
  la t0, tohost
  sd a0, 0(t0)
3:
  j 3b

.section .htif, "aw"
.globl tohost, fromhost
.balign 64
tohost: .dword 0
.balign 64
fromhost: .dword 0
