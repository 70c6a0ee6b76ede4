// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The retirement port: RISC-V Formal Interface fields plus the thread and the vector result.
package rvfi_pkg;
  // One channel per place where instructions retire: the scalar pipes in stage X; scalar loads; multiplier and divider;
  // per thread, vector instructions without a late result as they leave their queue; SIMD results; read-outs.
  localparam int unsigned PipeChannel = 0;
  localparam int unsigned LoadChannel = PipeChannel + pipe_pkg::Pipes;
  localparam int unsigned MuldivChannel = LoadChannel + pipe_pkg::MemoryPipes;
  localparam int unsigned VectorChannel = MuldivChannel + 1;
  localparam int unsigned SimdChannel = VectorChannel + cfg_pkg::Threads;
  localparam int unsigned ReadChannel = SimdChannel + 1;
  localparam int unsigned Channels = ReadChannel + 1;

  /// One retired instruction. Each instruction retires once, on one channel. `order` counts the instructions of a thread
  /// in program order without gaps; they may be reported out of order, so a reader sorts by (thread, order).
  typedef struct packed {
    logic valid;
    logic [1:0] thread;
    logic [63:0] order;
    logic [31:0] insn;
    logic trap;
    logic intr;                // first instruction of a trap handler
    logic halt;                // the thread parked or faulted with this instruction
    logic [4:0] rs1_addr;
    logic [4:0] rs2_addr;
    logic [63:0] rs1_rdata;
    logic [63:0] rs2_rdata;
    logic [4:0] rd_addr;       // 0 when no scalar register is written
    logic [63:0] rd_wdata;     // 0 when rd_addr is 0
    logic [63:0] pc_rdata;
    logic [63:0] pc_wdata;     // pc of the thread's next instruction
    logic [63:0] mem_addr;     // scalar access: byte address; vector access: first item
    logic [7:0] mem_rmask;     // scalar access only
    logic [7:0] mem_wmask;
    logic [63:0] mem_rdata;
    logic [63:0] mem_wdata;
    logic vd_valid;            // a vector register was written
    logic [4:0] vd_addr;
    logic [511:0] vd_wdata;    // zero above the SIMD width
  } rvfi_t;
endpackage
