// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Scalar registers of all threads: three read ports (two for the scalar slot, one for the vector slot), two write ports
/// (stage X and late results).
///
/// Reads are combinational and see the value that stage X writes in the same cycle; late results are seen one cycle after
/// they are written. A register that has not been written since its thread started reads as its start value: zero, or
/// the thread's number for x10.
module regfile (
  input  logic                clk_i,
  input  logic                rst_ni,
  // Reads.
  input  pipe_pkg::thread_t   a_thread_i,
  input  logic [4:0]          a_rs1_i,
  input  logic [4:0]          a_rs2_i,
  output logic [63:0]         a_xs1_o,
  output logic [63:0]         a_xs2_o,
  input  pipe_pkg::thread_t   b_thread_i,
  input  logic [4:0]          b_rs1_i,
  output logic [63:0]         b_xs1_o,
  // Writes; rd is never 0.
  input  logic                x_valid_i,
  input  pipe_pkg::xwrite_t   x_i,
  input  logic                late_valid_i,
  input  pipe_pkg::xwrite_t   late_i,
  // A thread starts.
  input  logic                start_valid_i,
  input  pipe_pkg::thread_t   start_thread_i
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  logic [63:0] mem_q [32 * Threads];
  logic [31:0] written_q [Threads];

  function automatic logic [63:0] value(input pipe_pkg::thread_t thread, input logic [4:0] rs, input logic written,
                                        input logic [63:0] stored, input logic bypass, input logic [63:0] bypass_data);
    if (bypass) return bypass_data;
    if (written) return stored;
    return (rs == 5'd10) ? 64'(thread) : '0;
  endfunction

  assign a_xs1_o = value(a_thread_i, a_rs1_i, written_q[a_thread_i][a_rs1_i], mem_q[{a_thread_i, a_rs1_i}],
                         x_valid_i && x_i.thread == a_thread_i && x_i.rd == a_rs1_i, x_i.data);
  assign a_xs2_o = value(a_thread_i, a_rs2_i, written_q[a_thread_i][a_rs2_i], mem_q[{a_thread_i, a_rs2_i}],
                         x_valid_i && x_i.thread == a_thread_i && x_i.rd == a_rs2_i, x_i.data);
  assign b_xs1_o = value(b_thread_i, b_rs1_i, written_q[b_thread_i][b_rs1_i], mem_q[{b_thread_i, b_rs1_i}],
                         x_valid_i && x_i.thread == b_thread_i && x_i.rd == b_rs1_i, x_i.data);

  always_ff @(posedge clk_i) begin
    if (x_valid_i) mem_q[{x_i.thread, x_i.rd}] <= x_i.data;
    if (late_valid_i) mem_q[{late_i.thread, late_i.rd}] <= late_i.data;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned t = 0; t < Threads; t++) written_q[t] <= '0;
    end else begin
      if (x_valid_i) written_q[x_i.thread][x_i.rd] <= 1'b1;
      if (late_valid_i) written_q[late_i.thread][late_i.rd] <= 1'b1;
      if (start_valid_i) written_q[start_thread_i] <= '0;
    end
  end
endmodule : regfile
