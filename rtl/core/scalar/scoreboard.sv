// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What each thread still has in flight: busy bits of scalar and vector registers and accumulators whose value comes late,
/// and counts of loads and stores.
///
/// Bits are set when an instruction issues and seen in the next cycle; they clear when the result is written, so that a
/// reader may issue in the cycle after. An accumulator counts as free in the cycle of its `mma_done_i` already.
/// A trapping memory instruction gives its marks back (`cancel_i`).
module scoreboard (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  // Issue.
  input  logic                                     scalar_valid_i,
  input  pipe_pkg::thread_t                        scalar_thread_i,
  input  isa_pkg::decoded_t                        scalar_dec_i,
  input  logic                                     vector_valid_i,
  input  pipe_pkg::thread_t                        vector_thread_i,
  input  isa_pkg::decoded_t                        vector_dec_i,
  // Stage X: a memory instruction trapped.
  input  logic                                     cancel_i,
  input  pipe_pkg::thread_t                        cancel_thread_i,
  input  isa_pkg::decoded_t                        cancel_dec_i,
  // Results.
  input  logic                                     load_done_i,
  input  pipe_pkg::load_t                          load_i,
  input  logic                                     store_done_i,
  input  pipe_pkg::thread_t                        store_thread_i,
  input  logic                                     muldiv_done_i,
  input  pipe_pkg::thread_t                        muldiv_thread_i,
  input  logic [4:0]                               muldiv_rd_i,
  input  logic                                     simd_done_i,
  input  pipe_pkg::thread_t                        simd_thread_i,
  input  logic [4:0]                               simd_vd_i,
  input  logic                                     mrd_done_i,
  input  pipe_pkg::thread_t                        mrd_thread_i,
  input  logic [4:0]                               mrd_vd_i,
  input  logic                                     mma_done_i,
  input  pipe_pkg::thread_t                        mma_thread_i,
  input  logic [2:0]                               mma_acc_i,
  // State.
  output logic [31:0]                              x_busy_o [cfg_pkg::Threads],
  output logic [31:0]                              v_busy_o [cfg_pkg::Threads],
  output logic [cfg_pkg::Accumulators-1:0]         acc_busy_o [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0]              no_loads_o,
  output logic [cfg_pkg::Threads-1:0]              no_stores_o,
  output logic [cfg_pkg::Threads-1:0]              idle_o     // nothing at all in flight
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned LoadCountW = $clog2(pipe_pkg::LoadDepth + 1);
  localparam int unsigned StoreCountW = $clog2(pipe_pkg::StoreDepth + 1);

  logic [31:0] x_busy_q [Threads];
  logic [31:0] v_busy_q [Threads];
  logic [cfg_pkg::Accumulators-1:0] acc_busy_q [Threads];
  logic [LoadCountW-1:0] loads_q [Threads];
  logic [StoreCountW-1:0] stores_q [Threads];

  function automatic logic is_load(input isa_pkg::unit_e unit);
    return unit == isa_pkg::UnitLoad || unit == isa_pkg::UnitVload;
  endfunction
  function automatic logic is_store(input isa_pkg::unit_e unit);
    return unit == isa_pkg::UnitStore || unit == isa_pkg::UnitVstore;
  endfunction

  logic load_new, store_new, load_back, store_back;
  assign load_new   = scalar_valid_i && is_load(scalar_dec_i.unit);
  assign store_new  = scalar_valid_i && is_store(scalar_dec_i.unit);
  assign load_back  = cancel_i && is_load(cancel_dec_i.unit);
  assign store_back = cancel_i && is_store(cancel_dec_i.unit);

  // A register that is set was free and one that is cleared was busy, so only an accumulator can see both: it stays busy.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned t = 0; t < Threads; t++) begin
        x_busy_q[t]   <= '0;
        v_busy_q[t]   <= '0;
        acc_busy_q[t] <= '0;
      end
    end else begin
      if (load_done_i && !load_i.vec) x_busy_q[load_i.thread][load_i.rd] <= 1'b0;
      if (load_done_i && load_i.vec) v_busy_q[load_i.thread][load_i.rd] <= 1'b0;
      if (muldiv_done_i) x_busy_q[muldiv_thread_i][muldiv_rd_i] <= 1'b0;
      if (simd_done_i) v_busy_q[simd_thread_i][simd_vd_i] <= 1'b0;
      if (mrd_done_i) v_busy_q[mrd_thread_i][mrd_vd_i] <= 1'b0;
      if (mma_done_i) acc_busy_q[mma_thread_i][mma_acc_i] <= 1'b0;
      if (load_back && cancel_dec_i.unit == isa_pkg::UnitLoad) x_busy_q[cancel_thread_i][cancel_dec_i.rd] <= 1'b0;
      if (load_back && cancel_dec_i.unit == isa_pkg::UnitVload) v_busy_q[cancel_thread_i][cancel_dec_i.rd] <= 1'b0;
      if (scalar_valid_i) begin
        if ((scalar_dec_i.unit == isa_pkg::UnitLoad || scalar_dec_i.unit == isa_pkg::UnitMuldiv) &&
            scalar_dec_i.rd != '0) begin
          x_busy_q[scalar_thread_i][scalar_dec_i.rd] <= 1'b1;
        end
        if (scalar_dec_i.unit == isa_pkg::UnitVload) v_busy_q[scalar_thread_i][scalar_dec_i.rd] <= 1'b1;
      end
      if (vector_valid_i) begin
        if (vector_dec_i.writes_vd) v_busy_q[vector_thread_i][vector_dec_i.rd] <= 1'b1;
        if (vector_dec_i.writes_acc) acc_busy_q[vector_thread_i][vector_dec_i.acc] <= 1'b1;
      end
    end
  end

  for (genvar t = 0; t < Threads; t++) begin : gen_count
    logic load_inc, load_dec, load_cancel, store_inc, store_dec, store_cancel;
    assign load_inc     = load_new && scalar_thread_i == pipe_pkg::thread_t'(t);
    assign load_dec     = load_done_i && load_i.thread == pipe_pkg::thread_t'(t);
    assign load_cancel  = load_back && cancel_thread_i == pipe_pkg::thread_t'(t);
    assign store_inc    = store_new && scalar_thread_i == pipe_pkg::thread_t'(t);
    assign store_dec    = store_done_i && store_thread_i == pipe_pkg::thread_t'(t);
    assign store_cancel = store_back && cancel_thread_i == pipe_pkg::thread_t'(t);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        loads_q[t]  <= '0;
        stores_q[t] <= '0;
      end else begin
        loads_q[t]  <= loads_q[t] + LoadCountW'(load_inc) - LoadCountW'(load_dec) - LoadCountW'(load_cancel);
        stores_q[t] <= stores_q[t] + StoreCountW'(store_inc) - StoreCountW'(store_dec) - StoreCountW'(store_cancel);
      end
    end

    assign x_busy_o[t]    = x_busy_q[t];
    assign v_busy_o[t]    = v_busy_q[t];
    always_comb begin
      acc_busy_o[t] = acc_busy_q[t];
      if (mma_done_i && mma_thread_i == pipe_pkg::thread_t'(t)) acc_busy_o[t][mma_acc_i] = 1'b0;
    end
    assign no_loads_o[t]  = loads_q[t] == '0;
    assign no_stores_o[t] = stores_q[t] == '0;
    assign idle_o[t]      = loads_q[t] == '0 && stores_q[t] == '0 && x_busy_q[t] == '0 && v_busy_q[t] == '0 &&
                            acc_busy_q[t] == '0;

    `TATAMI_ASSERT(LoadCount, !load_dec || loads_q[t] != '0)
    `TATAMI_ASSERT(StoreCount, !store_dec || stores_q[t] != '0)
  end

  `TATAMI_ASSERT(MmaWasBusy, !mma_done_i || acc_busy_q[mma_thread_i][mma_acc_i])
  `TATAMI_ASSERT(SimdWasBusy, !simd_done_i || v_busy_q[simd_thread_i][simd_vd_i])
  `TATAMI_ASSERT(MrdWasBusy, !mrd_done_i || v_busy_q[mrd_thread_i][mrd_vd_i])
endmodule : scoreboard
