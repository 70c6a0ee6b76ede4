// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Builds the retirement records (RVFI). Observation only: nothing in the core waits for it.
///
/// An instruction gets its place in its thread's order in stage X. Its record is complete there, or when its late result
/// arrives; the notes of late ones wait in one queue per unit, as each unit answers in order. Complete records pass a
/// common queue that empties at two per cycle, the rate at which instructions issue, so it never holds more than what the
/// units had in flight.
module retire (
  input  logic                                      clk_i,
  input  logic                                      rst_ni,
  // Stage X, scalar slot.
  input  logic                                      scalar_valid_i,  // commits or traps
  input  pipe_pkg::slot_t                           scalar_i,
  input  pipe_pkg::trap_t                           trap_i,
  input  logic                                      handled_i,
  input  logic                                      redirect_i,
  input  logic [63:0]                               target_i,
  input  logic                                      exit_i,
  input  logic                                      write_valid_i,
  input  pipe_pkg::xwrite_t                         write_i,
  input  logic [63:0]                               base_i,          // memory instruction: first byte address
  // Stage X, vector slot.
  input  logic                                      vector_valid_i,
  input  pipe_pkg::slot_t                           vector_i,
  // Late results.
  input  logic                                      load_done_i,
  input  pipe_pkg::load_t                           load_i,
  input  logic [63:0]                               load_raw_i,
  input  pipe_pkg::xwrite_t                         load_x_i,
  input  pipe_pkg::vwrite_t                         load_v_i,
  input  logic                                      muldiv_done_i,
  input  pipe_pkg::xwrite_t                         muldiv_i,
  input  logic                                      simd_done_i,
  input  pipe_pkg::vwrite_t                         simd_i,
  input  logic                                      simd_function_i, // of the function unit
  input  logic                                      mrd_done_i,
  input  pipe_pkg::vwrite_t                         mrd_i,
  output rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]  rvfi_o,
  output logic                                      busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned UnitDepth = 16;  // more than any unit holds
  localparam int unsigned QueueDepth = 64;
  localparam int unsigned QueueW = $clog2(QueueDepth);

  /// What stage X knows about an instruction.
  typedef struct packed {
    pipe_pkg::thread_t thread;
    logic [63:0] order;
    logic [31:0] insn;
    logic trap;
    logic intr;
    logic halt;
    logic [4:0] rs1_addr;
    logic [4:0] rs2_addr;
    logic [63:0] rs1_rdata;
    logic [63:0] rs2_rdata;
    logic [4:0] rd_addr;
    logic [63:0] pc_rdata;
    logic [63:0] pc_wdata;
    logic [63:0] mem_addr;
    logic [7:0] mem_rmask;
    logic [7:0] mem_wmask;
    logic [63:0] mem_wdata;
  } note_t;

  function automatic rvfi_pkg::rvfi_t record(input note_t note, input logic [63:0] rd_wdata,
                                             input logic [63:0] mem_rdata, input logic vd_valid,
                                             input pipe_pkg::vwrite_t vector);
    rvfi_pkg::rvfi_t r;
    r           = '0;
    r.valid     = 1'b1;
    r.thread    = 2'(note.thread);
    r.order     = note.order;
    r.insn      = note.insn;
    r.trap      = note.trap;
    r.intr      = note.intr;
    r.halt      = note.halt;
    r.rs1_addr  = note.rs1_addr;
    r.rs2_addr  = note.rs2_addr;
    r.rs1_rdata = note.rs1_rdata;
    r.rs2_rdata = note.rs2_rdata;
    r.rd_addr   = note.rd_addr;
    r.rd_wdata  = (note.rd_addr == '0) ? '0 : rd_wdata;
    r.pc_rdata  = note.pc_rdata;
    r.pc_wdata  = note.pc_wdata;
    r.mem_addr  = note.mem_addr;
    r.mem_rmask = note.mem_rmask;
    r.mem_wmask = note.mem_wmask;
    r.mem_rdata = mem_rdata;
    r.mem_wdata = note.mem_wdata;
    r.vd_valid  = vd_valid;
    if (vd_valid) begin
      r.vd_addr  = vector.vd;
      r.vd_wdata = 512'(vector.data);
    end
    return r;
  endfunction

  /// Byte mask of a scalar access.
  function automatic logic [7:0] byte_mask(input logic [1:0] log_bytes);
    return 8'((9'd1 << (4'd1 << log_bytes)) - 9'd1);
  endfunction

  function automatic logic [63:0] bit_mask(input logic [7:0] bytes);
    logic [63:0] mask;
    for (int unsigned i = 0; i < 8; i++) mask[8*i+:8] = {8{bytes[i]}};
    return mask;
  endfunction

  logic [63:0] order_q [Threads];
  logic [Threads-1:0] intr_q;  // the next instruction is the first of a handler
  note_t scalar_note, vector_note;

  // Notes of stage X.
  always_comb begin
    scalar_note = '0;
    if (scalar_valid_i) begin
      scalar_note.thread   = scalar_i.thread;
      scalar_note.order    = order_q[scalar_i.thread];
      scalar_note.insn     = scalar_i.fetch_fault ? '0 : scalar_i.insn;
      scalar_note.trap     = trap_i.valid;
      scalar_note.intr     = intr_q[scalar_i.thread];
      scalar_note.halt     = exit_i || (trap_i.valid && !handled_i);
      scalar_note.pc_rdata = scalar_i.pc;
      scalar_note.pc_wdata = redirect_i ? target_i : trap_i.valid ? scalar_i.pc : scalar_i.pc + 64'd4;
      if (scalar_i.dec.reads_xs1) begin
        scalar_note.rs1_addr  = scalar_i.dec.rs1;
        scalar_note.rs1_rdata = scalar_i.xs1;
      end
      if (scalar_i.dec.reads_xs2) begin
        scalar_note.rs2_addr  = scalar_i.dec.rs2;
        scalar_note.rs2_rdata = scalar_i.xs2;
      end
      if (!trap_i.valid) begin
        if (scalar_i.dec.writes_xd) scalar_note.rd_addr = scalar_i.dec.rd;
        unique case (scalar_i.dec.unit)
          isa_pkg::UnitLoad: begin
            scalar_note.mem_addr  = base_i;
            scalar_note.mem_rmask = byte_mask(scalar_i.insn[13:12]);
          end
          isa_pkg::UnitStore: begin
            scalar_note.mem_addr  = base_i;
            scalar_note.mem_wmask = byte_mask(scalar_i.insn[13:12]);
            scalar_note.mem_wdata = scalar_i.xs2 & bit_mask(scalar_note.mem_wmask);
          end
          isa_pkg::UnitVload, isa_pkg::UnitVstore: scalar_note.mem_addr = base_i;
          default: ;
        endcase
      end
    end
  end

  always_comb begin
    vector_note = '0;
    if (vector_valid_i) begin
      vector_note.thread   = vector_i.thread;
      vector_note.order    = order_q[vector_i.thread];
      vector_note.insn     = vector_i.insn;
      vector_note.intr     = intr_q[vector_i.thread];
      vector_note.pc_rdata = vector_i.pc;
      vector_note.pc_wdata = vector_i.pc + 64'd4;
      if (vector_i.dec.reads_xs1) begin
        vector_note.rs1_addr  = vector_i.dec.rs1;
        vector_note.rs1_rdata = vector_i.xs1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned t = 0; t < Threads; t++) order_q[t] <= '0;
      intr_q <= '0;
    end else begin
      if (scalar_valid_i) begin
        order_q[scalar_i.thread] <= order_q[scalar_i.thread] + 1'b1;
        intr_q[scalar_i.thread]  <= handled_i;
      end
      if (vector_valid_i) begin
        order_q[vector_i.thread] <= order_q[vector_i.thread] + 1'b1;
        intr_q[vector_i.thread]  <= 1'b0;
      end
    end
  end

  // Notes of instructions whose result comes late.
  logic to_load, to_muldiv, to_simd, to_function, to_mrd, scalar_now, vector_now, lane_done, function_done;
  note_t load_note, muldiv_note_q, simd_note, function_note, mrd_note;
  logic load_valid, simd_valid, function_valid, mrd_valid, load_room, simd_room, function_room, mrd_room;

  assign to_load    = scalar_valid_i && !trap_i.valid &&
                      (scalar_i.dec.unit == isa_pkg::UnitLoad || scalar_i.dec.unit == isa_pkg::UnitVload);
  assign to_muldiv  = scalar_valid_i && !trap_i.valid && scalar_i.dec.unit == isa_pkg::UnitMuldiv;
  assign scalar_now = scalar_valid_i && !to_load && !to_muldiv;
  assign to_function = vector_valid_i && vector_i.dec.unit == isa_pkg::UnitFunction;
  assign to_simd    = vector_valid_i && vector_i.dec.unit == isa_pkg::UnitSimd;
  assign to_mrd     = vector_valid_i && vector_i.dec.unit == isa_pkg::UnitMatrix && vector_i.dec.writes_vd;
  assign vector_now = vector_valid_i && !to_simd && !to_function && !to_mrd;
  assign lane_done     = simd_done_i && !simd_function_i;
  assign function_done = simd_done_i && simd_function_i;

  fifo #(
    .data_t(note_t),
    .Depth (pipe_pkg::LoadDepth)
  ) u_loads (
    .clk_i,
    .rst_ni,
    .valid_i(to_load),
    .ready_o(load_room),
    .data_i (scalar_note),
    .valid_o(load_valid),
    .ready_i(load_done_i),
    .data_o (load_note)
  );

  fifo #(
    .data_t(note_t),
    .Depth (UnitDepth)
  ) u_simds (
    .clk_i,
    .rst_ni,
    .valid_i(to_simd),
    .ready_o(simd_room),
    .data_i (vector_note),
    .valid_o(simd_valid),
    .ready_i(lane_done),
    .data_o (simd_note)
  );

  fifo #(
    .data_t(note_t),
    .Depth (UnitDepth)
  ) u_functions (
    .clk_i,
    .rst_ni,
    .valid_i(to_function),
    .ready_o(function_room),
    .data_i (vector_note),
    .valid_o(function_valid),
    .ready_i(function_done),
    .data_o (function_note)
  );

  fifo #(
    .data_t(note_t),
    .Depth (UnitDepth)
  ) u_mrds (
    .clk_i,
    .rst_ni,
    .valid_i(to_mrd),
    .ready_o(mrd_room),
    .data_i (vector_note),
    .valid_o(mrd_valid),
    .ready_i(mrd_done_i),
    .data_o (mrd_note)
  );

  always_ff @(posedge clk_i) begin
    if (to_muldiv) muldiv_note_q <= scalar_note;
  end

  // Complete records: up to six come, two leave.
  rvfi_pkg::rvfi_t queue_q[QueueDepth];
  logic [QueueW-1:0] write_q, read_q;
  logic [QueueW:0] count_q;
  logic [2:0] come;
  logic [1:0] leave;
  logic [QueueW-1:0] at_vector, at_load, at_muldiv, at_simd, at_mrd;

  assign at_vector = write_q + QueueW'(scalar_now);
  assign at_load   = at_vector + QueueW'(vector_now);
  assign at_muldiv = at_load + QueueW'(load_done_i);
  assign at_simd   = at_muldiv + QueueW'(muldiv_done_i);
  assign at_mrd    = at_simd + QueueW'(simd_done_i);
  assign come      = 3'(scalar_now) + 3'(vector_now) + 3'(load_done_i) + 3'(muldiv_done_i) + 3'(simd_done_i) +
                     3'(mrd_done_i);
  assign leave     = (count_q >= 2) ? 2'd2 : count_q[1:0];

  always_ff @(posedge clk_i) begin
    if (scalar_now) queue_q[write_q] <= record(scalar_note, write_i.data, '0, 1'b0, '0);
    if (vector_now) queue_q[at_vector] <= record(vector_note, '0, '0, 1'b0, '0);
    if (load_done_i) queue_q[at_load] <= record(load_note, load_x_i.data, load_raw_i, load_i.vec, load_v_i);
    if (muldiv_done_i) queue_q[at_muldiv] <= record(muldiv_note_q, muldiv_i.data, '0, 1'b0, '0);
    if (simd_done_i) queue_q[at_simd] <= record(simd_function_i ? function_note : simd_note, '0, '0, 1'b1, simd_i);
    if (mrd_done_i) queue_q[at_mrd] <= record(mrd_note, '0, '0, 1'b1, mrd_i);
  end

  logic [QueueW-1:0] second;
  assign second = read_q + 1'b1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q         <= '0;
      read_q          <= '0;
      count_q         <= '0;
      rvfi_o[0].valid <= 1'b0;
      rvfi_o[1].valid <= 1'b0;
    end else begin
      write_q         <= write_q + QueueW'(come);
      read_q          <= read_q + QueueW'(leave);
      count_q         <= count_q + (QueueW + 1)'(come) - (QueueW + 1)'(leave);
      rvfi_o[0].valid <= 1'b0;
      rvfi_o[1].valid <= 1'b0;
      if (leave != 2'd0) rvfi_o[0] <= queue_q[read_q];
      if (leave == 2'd2) rvfi_o[1] <= queue_q[second];
    end
  end

  assign busy_o = count_q != '0 || rvfi_o[0].valid || rvfi_o[1].valid;

  `TATAMI_ASSERT(LoadNote, (!load_done_i || load_valid) && (!to_load || load_room))
  `TATAMI_ASSERT(SimdNote, (!lane_done || simd_valid) && (!to_simd || simd_room))
  `TATAMI_ASSERT(FunctionNote, (!function_done || function_valid) && (!to_function || function_room))
  `TATAMI_ASSERT(MrdNote, (!mrd_done_i || mrd_valid) && (!to_mrd || mrd_room))
  `TATAMI_ASSERT(QueueRoom, count_q + (QueueW + 1)'(come) <= (QueueW + 1)'(QueueDepth))
  `TATAMI_ASSERT(WriteMatches, !scalar_now || (write_valid_i == (scalar_note.rd_addr != '0)))
endmodule : retire
