# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# A machine-mode hart as the RISC-V privileged specification has it, in the environment that public test programs expect:
# linked at 0x80000000, unknown CSRs skipped by a trap vector just behind them, the result in tohost.
#
# Each check has a number in gp; the first that fails goes to the host as exit code. WRONG names a check that fails on
# purpose.
.ifndef WRONG
.equ WRONG, 0
.endif

.macro check number
  li gp, \number
  .if \number == WRONG
  j fail
  .endif
.endm
.macro expect register, value
  li t6, \value
  bne \register, t6, fail
.endm
.macro expect_address register, label
  la t6, \label
  bne \register, t6, fail
.endm
# The handler notes cause, pc and value in s1 to s3 and goes on here.
.macro trap_to label
  la s0, \label
  li s1, -1
.endm
# A CSR that this hart may or may not have.
.macro try_write csr, value
  la t0, 1f
  csrw mtvec, t0
  li t0, \value
  csrw \csr, t0
  .balign 4
1:
.endm

.option arch, +zicsr, +zifencei
.option norelax
.section .text.start, "ax"
.globl _start
_start:
  j reset
  .balign 4
trap:
  csrr s1, mcause
  csrr s2, mepc
  csrr s3, mtval
  bnez s0, 1f
  # Nobody expects a trap: it is the end, or a failure.
  li t6, 11
  bne s1, t6, fail
  j tell
1:
  csrw mepc, s0
  li s0, 0
  mret

fail:
  slli gp, gp, 1
  ori gp, gp, 1
tell:
  la t5, tohost
  sw gp, 0(t5)
  sw zero, 4(t5)
  j tell

reset:
  csrr a0, mhartid
1:
  bnez a0, 1b
  try_write 0x744, 8      # mnstatus
  try_write satp, 0
  try_write pmpaddr0, -1
  try_write pmpcfg0, 31
  try_write mie, 0
  try_write medeleg, 0
  try_write mideleg, 0
  la t0, trap
  csrw mtvec, t0
  li s0, 0
  csrwi mstatus, 0
  la t0, main
  csrw mepc, t0
  mret

main:
  check 2  # all forms of CSR instructions
  csrwi mscratch, 3
  csrrci a1, mscratch, 1
  expect a1, 3
  csrrsi a1, mscratch, 4
  expect a1, 2
  li a0, 0x123456789abcdef0
  csrrw a1, mscratch, a0
  expect a1, 6
  li a0, 0xff
  csrrc a1, mscratch, a0
  expect a1, 0x123456789abcdef0
  csrrs a1, mscratch, a0
  expect a1, 0x123456789abcde00
  csrr a1, mscratch
  expect a1, 0x123456789abcdeff

  check 3  # who this is
  csrr a0, misa
  srli a1, a0, 62
  expect a1, 2
  srli a1, a0, 8   # I
  andi a1, a1, 1
  expect a1, 1
  srli a1, a0, 12  # M
  andi a1, a1, 1
  expect a1, 1
  csrw misa, zero
  csrr a0, mvendorid
  csrr a0, marchid
  csrr a0, mimpid
  csrr a0, mconfigptr
  csrr a0, mhartid
  expect a0, 0

  check 4  # there is no other mode; mret moves the interrupt enables
  li a0, 0x1800
  csrc mstatus, a0
  csrr a1, mstatus
  and a1, a1, a0
  expect a1, 0x1800
  csrci mstatus, 8
  li a0, 0x80
  csrs mstatus, a0
  la t0, 1f
  csrw mepc, t0
  mret
1:
  csrr a0, mstatus
  andi a0, a0, 0x88
  expect a0, 0x88

  check 5  # illegal instructions
  trap_to 1f
bad:
  .word 0
  j fail
1:
  expect s1, 2
  expect_address s2, bad
  expect s3, 0
  csrr a0, mstatus  # MIE went to MPIE, and came back
  andi a0, a0, 0x88
  expect a0, 0x88

  check 6  # read-only and unknown CSRs
  csrr a0, cycle
  csrrs a0, cycle, zero
  trap_to 1f
  li a0, 77
read_only:
  csrrw a0, cycle, zero
  j fail
1:
  expect s1, 2
  expect a0, 77
  lwu a1, read_only
  bne s3, a1, fail
  trap_to 1f
  csrr a0, 0x5c0
  j fail
1:
  expect s1, 2

  check 7  # environment calls and breakpoints
  trap_to 1f
call:
  ecall
  j fail
1:
  expect s1, 11
  expect_address s2, call
  expect s3, 0
  trap_to 1f
break:
  ebreak
  j fail
1:
  expect s1, 3
  expect_address s2, break

  check 8  # jumps: bit 0 of the sum is dropped, bit 1 traps and leaves the link
  la t0, 1f
  jalr t1, 1(t0)
  j fail
1:
  trap_to 2f
  li t1, 0
  la t0, 1b
skew:
  jalr t1, 2(t0)
  j fail
2:
  expect s1, 0
  expect_address s2, skew
  addi t0, t0, 2
  bne s3, t0, fail
  expect t1, 0

  check 9  # a jump out of memory happens; its fetch traps there
  trap_to 1f
  li t0, -1
  srli t0, t0, 1
  not t0, t0
  la t1, 1f
  xor t0, t0, t1
  jalr t2, t0
1:
  expect s1, 1
  bne s2, t0, fail
  la t1, 1b
  bne t2, t1, fail

  check 10  # loads and stores out of memory do nothing
  trap_to 1f
  li a0, 55
  lb a0, 0(t0)
  j fail
1:
  expect s1, 5
  bne s3, t0, fail
  expect a0, 55
  trap_to 1f
  sd a0, 0(t0)
  j fail
1:
  expect s1, 7
  bne s3, t0, fail

  check 11  # misaligned accesses complete
  la a0, data
  ld a1, 1(a0)
  expect a1, 0x9988776655443322
  lw a1, 3(a0)
  expect a1, 0x77665544
  lw a1, 6(a0)
  expect a1, 0xffffffffaa998877
  lwu a1, 6(a0)
  expect a1, 0xaa998877
  lh a1, 7(a0)
  expect a1, 0xffffffffffff9988
  lhu a1, 7(a0)
  expect a1, 0x9988
  sd zero, 5(a0)
  lb a1, 4(a0)
  expect a1, 0x55
  ld a1, 5(a0)
  expect a1, 0
  lbu a1, 13(a0)
  expect a1, 0xee
  li a2, 0x1234
  sh a2, 7(a0)
  lw a1, 6(a0)
  expect a1, 0x00123400

  check 12  # counters
  csrr a0, cycle
  csrr a1, cycle
  bgeu a0, a1, fail
  csrr a0, instret
  csrr a1, instret
  sub a1, a1, a0
  expect a1, 1
  csrwi minstret, 0
  csrr a0, minstret
  expect a0, 0
  li a0, 1000000
  csrw mcycle, a0
  csrr a1, mcycle
  bltu a1, a0, fail
  csrr a0, time
  csrr a0, mhpmcounter3
  csrr a0, mhpmcounter31
  csrr a0, mhpmevent3
  csrw mhpmevent31, a0

  check 13  # no interrupts, no triggers
  li a0, -1
  csrw mie, a0
  csrr a0, mip
  expect a0, 0
  csrw tselect, a0
  csrr a1, tdata1
  expect a1, 0
  wfi

  check 14  # code that was just written
  la t0, patch
  lw t1, other
  sw t1, 0(t0)
  fence.i
patch:
  li a0, 1
  expect a0, 2

  check 15  # multiply and divide at the edges
  li a0, -1
  div a1, a0, zero
  expect a1, -1
  rem a1, a0, zero
  expect a1, -1
  li a2, 1 << 63
  div a1, a2, a0
  bne a1, a2, fail
  rem a1, a2, a0
  expect a1, 0
  mulhu a1, a0, a0
  expect a1, -2
  mulhsu a1, a0, a0
  expect a1, -1

  check 16  # x0
  li t0, 5
  add zero, t0, t0
  bnez zero, fail
  ld zero, data

  fence
  li gp, 1
  li a7, 93
  li a0, 0
  li s0, 0
  ecall

other:
  li a0, 2

.data
.balign 8
data:
  .dword 0x8877665544332211
  .dword 0xf0efeecdccbbaa99
.balign 64
.globl tohost, fromhost
tohost: .dword 0
.balign 64
fromhost: .dword 0
