// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The program counter goes on where the instruction before says: each one's `pc_rdata` is its predecessor's `pc_wdata`, the
/// first one's is where the thread was started, and no place in program order is taken twice. For any instruction among the
/// first `Orders`.
module pc_proof #(
  parameter int unsigned Orders = 4
) (
  input logic                          clk_i,
  input logic                          rst_ni,
  input core_inputs_pkg::core_inputs_t free_i
);
  `TATAMI_FORMAL_RESET

  localparam int unsigned Channels = core_inputs_pkg::Channels;

  rvfi_pkg::rvfi_t [Channels-1:0] r;

  rvfi_core u_rvfi (
    .clk_i,
    .rst_ni,
    .free_i,
    .retired_o(r)
  );

  localparam int unsigned OrderW = $clog2(Orders);

  logic [OrderW-1:0] number;
  any_constant #(
    .Width(OrderW)
  ) u_number (
    .clk_i,
    .value_o(number)
  );

  // What was said of the instruction, and by the one before it; either may be reported first.
  logic seen_q, seen, told_q, told, twice, halted_q, halted;
  logic [63:0] pc_q, pc, next_q, next, start_q;
  logic started_q;

  always_comb begin
    seen   = seen_q;
    told   = told_q;
    pc     = pc_q;
    next   = next_q;
    halted = halted_q;
    twice  = 1'b0;
    if (number == '0) begin
      told = 1'b1;
      next = {start_q[63:2], 2'b0};
    end
    for (int unsigned c = 0; c < Channels; c++) begin
      if (r[c].valid && r[c].order == 64'(number)) begin
        twice |= seen;
        seen = 1'b1;
        pc   = r[c].pc_rdata;
      end
      if (r[c].valid && r[c].order + 64'd1 == 64'(number)) begin
        told   = 1'b1;
        next   = r[c].pc_wdata;
        halted = r[c].halt;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    started_q <= rst_ni;
    seen_q    <= rst_ni && seen;
    told_q    <= rst_ni && told;
    halted_q  <= rst_ni && halted;
    pc_q      <= pc;
    next_q    <= next;
    if (!started_q) start_q <= free_i.start_pc;
  end

  `TATAMI_ASSERT(Once, !twice)
  `TATAMI_ASSERT(GoesOn, !(seen && told) || pc == next)
  `TATAMI_ASSERT(HaltEnds, !(seen && halted))
  `TATAMI_COVER(Jump, seen && told && number == OrderW'(1) && next == start_q + 64'd32 && start_q[4:0] == '0)
endmodule : pc_proof
