// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Stage X of the vector slot: vector registers, the SIMD pipe and the matrix unit.
///
/// Takes one instruction per cycle and never stalls, if issue keeps to `simd_ready_o` and `function_ready_o`; operands are
/// read while the instruction moves from I to X. Results come after each unit's fixed latency, in order per unit. SIMD,
/// conversion and function units share a write port: what is about to be given by the last of them keeps the others'
/// issue off.
module vector_stage (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  // Issue (stage I).
  input  logic                        issue_valid_i,
  input  pipe_pkg::slot_t             issue_i,        // vector slot
  input  logic [63:0]                 issue_xs1_i,
  input  logic                        store_valid_i,  // scalar slot: a vector store issues
  input  pipe_pkg::slot_t             store_i,
  // Stage X.
  output logic                        valid_o,
  output pipe_pkg::slot_t             slot_o,
  output pipe_pkg::vector_t           store_data_o,
  input  fmt_pkg::descriptor_t        descriptor_i,   // that the conversion in this stage names
  input  fmt_pkg::descriptor_t        step_a_i,       // that the matrix step in this stage names
  input  fmt_pkg::descriptor_t        step_b_i,
  input  logic [63:0]                 key_i,          // its random numbers
  input  logic [63:0]                 counter_i,
  output logic                        draw_o,         // it uses them
  // Load results.
  input  logic                        load_valid_i,
  input  pipe_pkg::vwrite_t           load_i,
  // Results.
  output logic                        simd_valid_o,
  output pipe_pkg::vwrite_t           simd_o,         // of the SIMD, conversion or function unit
  output flag_pkg::flags_t            simd_flags_o,
  output logic                        simd_function_o, // of the function unit, which is slower than the others
  output logic                        simd_ready_o,   // a SIMD instruction or conversion may issue in this cycle
  output logic                        function_ready_o,
  output logic                        mrd_valid_o,
  output pipe_pkg::vwrite_t           mrd_o,
  output logic                        mma_done_o,
  output pipe_pkg::thread_t           mma_thread_o,
  output logic [2:0]                  mma_acc_o,
  output logic                        busy_o
);
  logic valid_q;
  pipe_pkg::slot_t slot_q;
  pipe_pkg::vector_t a, b, c;
  pipe_pkg::vector_t lane_data, convert_data;
  pipe_pkg::vector_t function_data;
  logic [6:0] function_tag;
  flag_pkg::flags_t function_flags;
  logic is_function, function_valid, function_free, function_due, function_taken, function_busy;
  matrix_pkg::step_t step;
  matrix_pkg::read_t read;
  matrix_pkg::target_t done;
  logic [6:0] tag, lane_tag, convert_tag, simd_tag, mrd_tag;
  flag_pkg::flags_t lane_flags, convert_flags;
  logic is_simd, is_convert, is_mma, is_mrd, lane_valid, convert_valid, simd_busy, convert_busy, matrix_busy;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= issue_valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (issue_valid_i) begin
      slot_q     <= issue_i;
      slot_q.xs1 <= issue_xs1_i;
    end
  end

  assign valid_o = valid_q;
  assign slot_o  = slot_q;

  vector_regfile u_regfile (
    .clk_i,
    .slot_thread_i (issue_i.thread),
    .a_en_i        (issue_valid_i && issue_i.dec.reads_vs1),
    .a_vs_i        (issue_i.dec.rs1),
    .a_o           (a),
    .b_en_i        (issue_valid_i && issue_i.dec.reads_vs2),
    .b_vs_i        (issue_i.dec.rs2),
    .b_o           (b),
    .c_en_i        (issue_valid_i && issue_i.dec.reads_vd),
    .c_vs_i        (issue_i.dec.rd),
    .c_o           (c),
    .store_thread_i(store_i.thread),
    .store_en_i    (store_valid_i),
    .store_vs_i    (store_i.dec.reads_vd ? store_i.dec.rd : store_i.dec.rs2),
    .store_o       (store_data_o),
    .load_valid_i,
    .load_i,
    .simd_valid_i  (simd_valid_o),
    .simd_i        (simd_o),
    .mrd_valid_i   (mrd_valid_o),
    .mrd_i         (mrd_o)
  );

  assign is_convert = slot_q.dec.op == isa_pkg::OpVcvtW || slot_q.dec.op == isa_pkg::OpVcvtN;
  assign is_function = slot_q.dec.unit == isa_pkg::UnitFunction;
  assign is_simd = slot_q.dec.unit == isa_pkg::UnitSimd && !is_convert;
  assign is_mma  = slot_q.dec.unit == isa_pkg::UnitMatrix && slot_q.dec.writes_acc;
  assign is_mrd  = slot_q.dec.unit == isa_pkg::UnitMatrix && slot_q.dec.writes_vd;
  assign tag     = {2'(slot_q.thread), slot_q.dec.rd};

  simd_unit u_simd (
    .clk_i,
    .rst_ni,
    .valid_i(valid_q && is_simd),
    .op_i   (slot_q.dec.op),
    .a_i    (a),
    .b_i    (b),
    .c_i    (c),
    .x_i    (slot_q.xs1),
    .lane_i (slot_q.dec.imm[4:0]),
    .tag_i  (tag),
    .valid_o(lane_valid),
    .tag_o  (lane_tag),
    .data_o (lane_data),
    .flags_o(lane_flags),
    .busy_o (simd_busy)
  );

  convert_unit u_convert (
    .clk_i,
    .rst_ni,
    .valid_i     (valid_q && is_convert),
    .narrow_i    (slot_q.dec.op == isa_pkg::OpVcvtN),
    .descriptor_i,
    .group_i     (slot_q.dec.imm[5:4]),
    .key_i,
    .counter_i,
    .a_i         (a),
    .c_i         (c),
    .tag_i       (tag),
    .valid_o     (convert_valid),
    .tag_o       (convert_tag),
    .data_o      (convert_data),
    .flags_o     (convert_flags),
    .busy_o      (convert_busy)
  );

  assign draw_o = valid_q && slot_q.dec.op == isa_pkg::OpVcvtN && descriptor_i.stochastic;

  function_unit u_function (
    .clk_i,
    .rst_ni,
    .valid_i(valid_q && is_function),
    .ready_o(function_taken),
    .free_o (function_free),
    .due_o  (function_due),
    .fn_i   (function_pkg::fn_of(slot_q.dec.op)),
    .x_i    (a),
    .tag_i  (tag),
    .valid_o(function_valid),
    .tag_o  (function_tag),
    .data_o (function_data),
    .flags_o(function_flags),
    .busy_o (function_busy)
  );

  assign simd_ready_o     = !function_due;
  assign function_ready_o = function_free;

  // At most one of the three has a result: the first two have equal latencies, and keep off that of the third.
  assign simd_function_o = function_valid;
  assign simd_valid_o = lane_valid || convert_valid || function_valid;

  always_comb begin
    simd_tag     = lane_tag;
    simd_o.data  = lane_data;
    simd_flags_o = lane_flags;
    if (convert_valid) begin
      simd_tag     = convert_tag;
      simd_o.data  = convert_data;
      simd_flags_o = convert_flags;
    end
    if (function_valid) begin
      simd_tag     = function_tag;
      simd_o.data  = function_data;
      simd_flags_o = function_flags;
    end
    simd_o.thread = simd_tag[5+:cfg_pkg::ThreadW];
    simd_o.vd     = simd_tag[4:0];
  end

  `TATAMI_ASSERT(OneResult, $onehot0({lane_valid, convert_valid, function_valid}))
  `TATAMI_ASSERT(FunctionTaken, !(valid_q && is_function) || function_taken)

  assign step = '{
          target: '{thread: slot_q.thread, acc: slot_q.dec.acc},
          first: !slot_q.dec.reads_acc,
          write: slot_q.dec.op == isa_pkg::OpMwrFp32,
          part: slot_q.dec.part,
          tile: isa_pkg::tile_t'(slot_q.dec.imm[6:0]),
          a: step_a_i,
          b: step_b_i
      };
  assign read = '{
          target: '{thread: slot_q.thread, acc: slot_q.dec.acc},
          part: slot_q.dec.part,
          bf16: slot_q.dec.op == isa_pkg::OpMrdBf16,
          tag: tag
      };

  matrix_unit u_matrix (
    .clk_i,
    .rst_ni,
    .valid_i      (valid_q && is_mma),
    .step_i       (step),
    .a_i          (a),
    .b_i          (b),
    .done_valid_o (mma_done_o),
    .done_o       (done),
    .read_valid_i (valid_q && is_mrd),
    .read_i       (read),
    .read_valid_o (mrd_valid_o),
    .read_tag_o   (mrd_tag),
    .read_data_o  (mrd_o.data),
    .busy_o       (matrix_busy)
  );

  // A tag has room for four threads.
  logic unused;
  assign unused = ^{simd_tag, mrd_tag};

  assign mma_thread_o  = done.thread;
  assign mma_acc_o     = done.acc;
  assign mrd_o.thread  = mrd_tag[5+:cfg_pkg::ThreadW];
  assign mrd_o.vd      = mrd_tag[4:0];
  assign busy_o        = valid_q || simd_busy || convert_busy || function_busy || matrix_busy;
endmodule : vector_stage
