// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stands for the vector side in proofs of the scalar core: always idle, as no vector instruction is fetched (rvfi_core).
module vector_stage (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  // Instructions: straight from issue, or from a memory pipe's stage M.
  input  logic [cfg_pkg::Threads-1:0] issue_valid_i,
  input  pipe_pkg::slot_t             issue_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0] void_i,          // what a thread has in stage X
  input  pipe_pkg::memory_event_t memory_event_i [pipe_pkg::MemoryPipes],
  input  pipe_pkg::slot_t             memory_i [pipe_pkg::MemoryPipes],
  input  logic [63:0]                 memory_base_i [pipe_pkg::MemoryPipes],
  // Loaded vectors.
  input  pipe_pkg::answer_t           answer_i [pipe_pkg::MemoryPipes],
  // Stage V: what leaves the queues.
  output logic [cfg_pkg::Threads-1:0] pop_o,
  output logic [cfg_pkg::Threads-1:0] pop_store_o,
  output logic [cfg_pkg::Threads-1:0] pop_step_o,
  output logic [cfg_pkg::Threads-1:0] pop_simd_o,
  output pipe_pkg::slot_t             head_o [cfg_pkg::Threads],
  output pipe_pkg::vector_t           loaded_o [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0] idle_o,          // no late result is missing
  input  pipe_pkg::priority_t [cfg_pkg::Threads-1:0] priority_i,
  // Stores, one cycle later.
  input  logic                        store_ready_i,   // one may leave its queue
  output logic                        store_valid_o,
  output pipe_pkg::slot_t             store_o,
  output pipe_pkg::vstore_t           store_data_o,
  // The threads' arithmetic state.
  output vector_pkg::number_ask_t     ask_o,
  input  vector_pkg::number_t         number_i,
  // Results.
  output pipe_pkg::vwrite_t           simd_o,          // of the SIMD, conversion or function unit
  output flag_pkg::flags_t            simd_flags_o,
  output logic                        simd_function_o, // of the function unit, which is slower than the others
  output pipe_pkg::vwrite_t           mrd_o,
  output logic                        busy_o
);

  assign pop_o = '0;
  assign pop_store_o = '0;
  assign pop_step_o = '0;
  assign pop_simd_o = '0;
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_head_o
    assign head_o[t] = '0;
  end
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_loaded_o
    assign loaded_o[t] = '0;
  end
  assign idle_o = '1;
  assign store_valid_o = '0;
  assign store_o = '0;
  assign store_data_o = '0;
  assign ask_o = '0;
  assign simd_o = '0;
  assign simd_flags_o = '0;
  assign simd_function_o = '0;
  assign mrd_o = '0;
  assign busy_o = '0;
endmodule : vector_stage
