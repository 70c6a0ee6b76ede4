// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Chooses which heads of the threads' vector queues execute: per cycle one matrix step, one SIMD instruction or
/// function, one read-out and one store, and a vector load of any thread. Combinational, apart from the turns.
///
/// A head waits for its registers and accumulator, for its unit and, in that, for threads of a higher priority and for its
/// turn. Loads need no unit: each
/// thread writes its own registers.
module vector_issue (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  input  logic [cfg_pkg::Threads-1:0]              head_valid_i,
  input  pipe_pkg::slot_t                          head_i [cfg_pkg::Threads],
  input  logic [31:0]                              v_busy_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Accumulators-1:0]         acc_busy_i [cfg_pkg::Threads],
  input  pipe_pkg::priority_t [cfg_pkg::Threads-1:0] priority_i,
  input  logic                                     simd_ready_i,
  input  logic                                     function_ready_i,
  input  logic                                     store_ready_i,
  // One-hot, per unit.
  output logic [cfg_pkg::Threads-1:0]              step_o,
  output logic [cfg_pkg::Threads-1:0]              simd_o,  // SIMD or function
  output logic [cfg_pkg::Threads-1:0]              read_o,  // read-out of an accumulator
  output logic [cfg_pkg::Threads-1:0]              store_o,
  output logic [cfg_pkg::Threads-1:0]              pop_o    // all of them, and loads
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  logic [Threads-1:0] want_step, want_simd, want_read, want_store, want_load;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    isa_pkg::decoded_t dec;
    logic free;

    assign dec = head_i[t].dec;

    always_comb begin
      free          = 1'b0;
      want_step[t]  = 1'b0;
      want_simd[t]  = 1'b0;
      want_read[t]  = 1'b0;
      want_store[t] = 1'b0;
      want_load[t]  = 1'b0;
      if (head_valid_i[t]) begin
        free = !(dec.reads_vs1 && v_busy_i[t][dec.rs1]) && !(dec.reads_vs2 && v_busy_i[t][dec.rs2]) &&
               !((dec.reads_vd || dec.writes_vd) && v_busy_i[t][dec.rd]) &&
               !((dec.reads_acc || dec.writes_acc) && acc_busy_i[t][dec.acc]);
        want_step[t]  = free && dec.unit == isa_pkg::UnitMatrix && dec.writes_acc;
        want_read[t]  = free && dec.unit == isa_pkg::UnitMatrix && dec.writes_vd;
        want_simd[t]  = free && ((dec.unit == isa_pkg::UnitSimd && simd_ready_i) ||
                                 (dec.unit == isa_pkg::UnitFunction && function_ready_i));
        want_store[t] = free && dec.unit == isa_pkg::UnitVstore && store_ready_i;
        want_load[t]  = free && dec.unit == isa_pkg::UnitVload;
      end
    end
  end

  rr_arbiter #(
    .Inputs(Threads)
  ) u_step (
    .clk_i,
    .rst_ni,
    .req_i    (pipe_pkg::foremost(want_step, priority_i)),
    .gnt_o    (step_o),
    .advance_i(|want_step)
  );

  rr_arbiter #(
    .Inputs(Threads)
  ) u_simd (
    .clk_i,
    .rst_ni,
    .req_i    (pipe_pkg::foremost(want_simd, priority_i)),
    .gnt_o    (simd_o),
    .advance_i(|want_simd)
  );

  rr_arbiter #(
    .Inputs(Threads)
  ) u_read (
    .clk_i,
    .rst_ni,
    .req_i    (pipe_pkg::foremost(want_read, priority_i)),
    .gnt_o    (read_o),
    .advance_i(|want_read)
  );

  rr_arbiter #(
    .Inputs(Threads)
  ) u_store (
    .clk_i,
    .rst_ni,
    .req_i    (pipe_pkg::foremost(want_store, priority_i)),
    .gnt_o    (store_o),
    .advance_i(|want_store)
  );

  assign pop_o = step_o | simd_o | read_o | store_o | want_load;
endmodule : vector_issue
