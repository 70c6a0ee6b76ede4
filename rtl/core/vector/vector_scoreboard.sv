// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Vector registers and accumulators of each thread whose value comes late.
///
/// Bits are set when an instruction leaves its queue and seen in the next cycle; they clear when the result is written, so
/// that a reader may follow in the cycle after. An accumulator counts as free in the cycle of its `mma_done_i` already.
module vector_scoreboard (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  // Instructions that leave their queues, one per thread.
  input  logic [cfg_pkg::Threads-1:0]              pop_i,
  input  pipe_pkg::slot_t                          head_i [cfg_pkg::Threads],
  // Results.
  input  pipe_pkg::vwrite_t                        simd_i,
  input  pipe_pkg::vwrite_t                        mrd_i,
  input  logic                                     mma_done_i,
  input  matrix_pkg::target_t                      mma_i,
  output logic [31:0]                              v_busy_o [cfg_pkg::Threads],
  output logic [cfg_pkg::Accumulators-1:0]         acc_busy_o [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0]              idle_o
);
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    logic [31:0] v_busy_q;
    logic [cfg_pkg::Accumulators-1:0] acc_busy_q;
    logic simd, mrd, mma;

    assign simd = simd_i.valid && simd_i.thread == pipe_pkg::thread_t'(t);
    assign mrd  = mrd_i.valid && mrd_i.thread == pipe_pkg::thread_t'(t);
    assign mma  = mma_done_i && mma_i.thread == pipe_pkg::thread_t'(t);

    // A register that is set was free and one that is cleared was busy, so only an accumulator can see both: it stays busy.
    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        v_busy_q   <= '0;
        acc_busy_q <= '0;
      end else begin
        if (simd) v_busy_q[simd_i.vd] <= 1'b0;
        if (mrd) v_busy_q[mrd_i.vd] <= 1'b0;
        if (mma) acc_busy_q[mma_i.acc] <= 1'b0;
        if (pop_i[t]) begin
          if (head_i[t].dec.writes_vd && head_i[t].dec.unit != isa_pkg::UnitVload) v_busy_q[head_i[t].dec.rd] <= 1'b1;
          if (head_i[t].dec.writes_acc) acc_busy_q[head_i[t].dec.acc] <= 1'b1;
        end
      end
    end

    assign v_busy_o[t] = v_busy_q;
    always_comb begin
      acc_busy_o[t] = acc_busy_q;
      if (mma) acc_busy_o[t][mma_i.acc] = 1'b0;
    end
    assign idle_o[t] = v_busy_q == '0 && acc_busy_q == '0;

    `TATAMI_ASSERT(MmaWasBusy, !mma || acc_busy_q[mma_i.acc])
    `TATAMI_ASSERT(SimdWasBusy, !simd || v_busy_q[simd_i.vd])
    `TATAMI_ASSERT(MrdWasBusy, !mrd || v_busy_q[mrd_i.vd])
  end
endmodule : vector_scoreboard
