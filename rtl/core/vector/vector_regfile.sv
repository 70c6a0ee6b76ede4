// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Vector registers of all threads: four read ports (three for the vector slot, one for vector stores) and three write
/// ports (loads, SIMD, accumulator read-out), so that no late result ever waits.
///
/// A read answers in the next cycle and holds its value until the next read of its port. Reads never meet a write of the
/// same register in one cycle: the scoreboard keeps readers away until the cycle after the write.
module vector_regfile (
  input  logic                clk_i,
  // Vector slot.
  input  pipe_pkg::thread_t   slot_thread_i,
  input  logic                a_en_i,
  input  logic [4:0]          a_vs_i,
  output pipe_pkg::vector_t   a_o,
  input  logic                b_en_i,
  input  logic [4:0]          b_vs_i,
  output pipe_pkg::vector_t   b_o,
  input  logic                c_en_i,
  input  logic [4:0]          c_vs_i,
  output pipe_pkg::vector_t   c_o,
  // Vector stores.
  input  pipe_pkg::thread_t   store_thread_i,
  input  logic                store_en_i,
  input  logic [4:0]          store_vs_i,
  output pipe_pkg::vector_t   store_o,
  // Results.
  input  logic                load_valid_i,
  input  pipe_pkg::vwrite_t   load_i,
  input  logic                simd_valid_i,
  input  pipe_pkg::vwrite_t   simd_i,
  input  logic                mrd_valid_i,
  input  pipe_pkg::vwrite_t   mrd_i
);
  pipe_pkg::vector_t mem_q[32 * cfg_pkg::Threads];

  always_ff @(posedge clk_i) begin
    if (a_en_i) a_o <= mem_q[{slot_thread_i, a_vs_i}];
    if (b_en_i) b_o <= mem_q[{slot_thread_i, b_vs_i}];
    if (c_en_i) c_o <= mem_q[{slot_thread_i, c_vs_i}];
    if (store_en_i) store_o <= mem_q[{store_thread_i, store_vs_i}];
  end

  always_ff @(posedge clk_i) begin
    if (load_valid_i) mem_q[{load_i.thread, load_i.vd}] <= load_i.data;
    if (simd_valid_i) mem_q[{simd_i.thread, simd_i.vd}] <= simd_i.data;
    if (mrd_valid_i) mem_q[{mrd_i.thread, mrd_i.vd}] <= mrd_i.data;
  end
endmodule : vector_regfile
