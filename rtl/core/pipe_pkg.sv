// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Types that travel between the core's pipeline parts.
package pipe_pkg;
  localparam int unsigned SimdWords = cfg_pkg::SimdBytes / sram_pkg::WordBytes;

  localparam int unsigned LoadDepth = 16;  // loads between issue and their answer
  localparam int unsigned StoreDepth = 16;  // stores between issue and their `done`

  typedef logic [cfg_pkg::ThreadW-1:0] thread_t;
  typedef logic [cfg_pkg::SimdWidth-1:0] vector_t;
  typedef logic [4:0] cause_t;

  /// Causes as RISC-V numbers them, from 24 on our own.
  localparam cause_t CauseFetchMisaligned = 5'd0;
  localparam cause_t CauseFetchFault = 5'd1;
  localparam cause_t CauseIllegal = 5'd2;
  localparam cause_t CauseBreakpoint = 5'd3;
  localparam cause_t CauseLoadMisaligned = 5'd4;
  localparam cause_t CauseLoadFault = 5'd5;
  localparam cause_t CauseStoreMisaligned = 5'd6;
  localparam cause_t CauseStoreFault = 5'd7;
  localparam cause_t CauseEcall = 5'd11;
  localparam cause_t CauseFormat = 5'd24;  // illegal descriptor, or no matrix operand's; mtval is its number

  /// An instruction in stage X.
  typedef struct packed {
    thread_t thread;
    logic [63:0] pc;
    logic [31:0] insn;
    logic fetch_fault;        // there is no instruction: the fetch failed
    logic format_fault;       // a matrix step whose operands' formats it does not multiply
    logic [3:0] format;       // the descriptor at fault
    logic arm;                // first pass of xfer and sem.wait: start to wait, do not retire
    isa_pkg::decoded_t dec;
    logic [63:0] xs1;
    logic [63:0] xs2;
  } slot_t;

  /// Of a pair of format descriptors: that of A, or of B, names no format that the matrix unit multiplies.
  typedef struct packed {
    logic a;
    logic b;
  } pair_fault_t;

  /// What a trapping instruction reports.
  typedef struct packed {
    logic valid;
    cause_t cause;
    logic [63:0] value;
  } trap_t;

  /// A load that waits for its answer.
  typedef struct packed {
    thread_t thread;
    logic [4:0] rd;
    logic vec;
    logic [1:0] size;         // scalar: log2 of the bytes
    logic zero_extend;
    logic [sram_pkg::ByteAddrW-1:0] addr;
  } load_t;

  /// A late result for a scalar register.
  typedef struct packed {
    thread_t thread;
    logic [4:0] rd;
    logic [63:0] data;
  } xwrite_t;

  /// A late result for a vector register.
  typedef struct packed {
    thread_t thread;
    logic [4:0] vd;
    vector_t data;
  } vwrite_t;

  /// True when `bytes` bytes at `addr` lie inside local SRAM, seen at 0 or at its alias.
  function automatic logic in_sram(input logic [63:0] addr, input logic [31:0] bytes);
    logic [63:0] offset;
    offset = addr & ~64'(noc_pkg::SramAlias);
    return (offset[63:32] == '0) && (offset[31:0] + bytes <= cfg_pkg::SramBytes);
  endfunction
endpackage
