// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Scalar registers of one thread: two read ports and three write ports (behind stage X, loads, multiplier and divider).
///
/// Reads are combinational and see the value that stage X forwards in the same cycle, and the one from the cycle before that is
/// being written; late results are seen one cycle after they are written. A register that has not been written since the thread
/// started reads as its start value: zero, or the thread's number for x10.
module regfile #(
  parameter int unsigned Thread = 0
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // Reads.
  input  logic [4:0]          rs1_i,
  input  logic [4:0]          rs2_i,
  output logic [63:0]         xs1_o,
  output logic [63:0]         xs2_o,
  input  pipe_pkg::xwrite_t   forward_i,
  // Writes, of this thread.
  input  pipe_pkg::xwrite_t   x_i,
  input  pipe_pkg::xwrite_t   load_i,
  input  pipe_pkg::xwrite_t   muldiv_i,
  input  logic                start_i
);
  logic [63:0] mem_q [32];
  logic [31:0] written_q;

  function automatic logic [63:0] value(input logic [4:0] rs, input pipe_pkg::xwrite_t forward,
                                        input pipe_pkg::xwrite_t x, input logic written, input logic [63:0] stored);
    if (forward.valid && forward.rd == rs) return forward.data;
    if (x.valid && x.rd == rs) return x.data;
    if (written) return stored;
    return (rs == 5'd10) ? 64'(Thread) : '0;
  endfunction

  assign xs1_o = value(rs1_i, forward_i, x_i, written_q[rs1_i], mem_q[rs1_i]);
  assign xs2_o = value(rs2_i, forward_i, x_i, written_q[rs2_i], mem_q[rs2_i]);

  always_ff @(posedge clk_i) begin
    if (x_i.valid) mem_q[x_i.rd] <= x_i.data;
    if (load_i.valid) mem_q[load_i.rd] <= load_i.data;
    if (muldiv_i.valid) mem_q[muldiv_i.rd] <= muldiv_i.data;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      written_q <= '0;
    end else begin
      if (x_i.valid) written_q[x_i.rd] <= 1'b1;
      if (load_i.valid) written_q[load_i.rd] <= 1'b1;
      if (muldiv_i.valid) written_q[muldiv_i.rd] <= 1'b1;
      if (start_i) written_q <= '0;
    end
  end
endmodule : regfile
