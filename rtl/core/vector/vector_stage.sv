// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The vector side: every thread's queue and registers, the SIMD pipe, the functions and the matrix unit.
///
/// Instructions come in stage M, in program order per thread, and leave their queue in stage V, one per thread and unit
/// and cycle; operands are read on the way to the units. Results come after each unit's fixed latency, in order per unit.
/// SIMD, conversion and function units share a write port: what is about to be given by the last of them keeps the
/// others off.
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
  localparam int unsigned Threads = cfg_pkg::Threads;

  logic [Threads-1:0] head_valid, pop_step, pop_simd, pop_read, thread_busy;
  assign pop_step_o = pop_step;
  assign pop_simd_o = pop_simd;
  logic [31:0] v_busy [Threads];
  logic [cfg_pkg::Accumulators-1:0] acc_busy [Threads];
  pipe_pkg::vector_t operand_a [Threads];
  pipe_pkg::vector_t operand_b [Threads];
  pipe_pkg::vector_t operand_c [Threads];

  logic mma_done;
  matrix_pkg::target_t done;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    localparam int unsigned Memory = pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));

    pipe_pkg::slot_t memory;
    pipe_pkg::vwrite_t simd, mrd;

    // The address was computed: what comes after needs only that.
    always_comb begin
      memory     = memory_i[Memory];
      memory.xs1 = memory_base_i[Memory];
      if (memory.dec.unit inside {isa_pkg::UnitVload, isa_pkg::UnitVstore}) memory.dec.imm = '0;
      simd       = simd_o;
      simd.valid = simd_o.valid && simd_o.thread == pipe_pkg::thread_t'(t);
      mrd        = mrd_o;
      mrd.valid  = mrd_o.valid && mrd_o.thread == pipe_pkg::thread_t'(t);
    end

    vector_thread u_thread (
      .clk_i,
      .rst_ni,
      .issue_valid_i (issue_valid_i[t]),
      .issue_i       (issue_i[t]),
      .void_i        (void_i[t]),
      .memory_valid_i(memory_event_i[Memory].vector && memory.thread == pipe_pkg::thread_t'(t)),
      .memory_i      (memory),
      .load_valid_i  (answer_i[Memory].valid && answer_i[Memory].load.vec &&
                      answer_i[Memory].load.thread == pipe_pkg::thread_t'(t)),
      .load_i        (answer_i[Memory].data),
      .head_valid_o  (head_valid[t]),
      .head_o        (head_o[t]),
      .loaded_o      (loaded_o[t]),
      .pop_i         (pop_o[t]),
      .a_o           (operand_a[t]),
      .b_o           (operand_b[t]),
      .c_o           (operand_c[t]),
      .simd_i        (simd),
      .mrd_i         (mrd),
      .busy_o        (thread_busy[t])
    );
  end

  vector_scoreboard u_scoreboard (
    .clk_i,
    .rst_ni,
    .pop_i     (pop_o),
    .head_i    (head_o),
    .simd_i    (simd_o),
    .mrd_i     (mrd_o),
    .mma_done_i(mma_done),
    .mma_i     (done),
    .v_busy_o  (v_busy),
    .acc_busy_o(acc_busy),
    .idle_o
  );

  logic function_due, function_free;

  vector_issue u_issue (
    .clk_i,
    .rst_ni,
    .head_valid_i    (head_valid),
    .head_i          (head_o),
    .v_busy_i        (v_busy),
    .acc_busy_i      (acc_busy),
    .priority_i,
    .simd_ready_i    (!function_due),
    .function_ready_i(function_free),
    .store_ready_i,
    .step_o          (pop_step),
    .simd_o          (pop_simd),
    .read_o          (pop_read),
    .store_o         (pop_store_o),
    .pop_o
  );

  // What executes, one cycle after it left its queue.
  logic step_valid_q, simd_valid_q, read_valid_q, store_valid_q;
  pipe_pkg::slot_t step_q, simd_q, read_q, store_q;
  simd_pkg::unit_op_t simd_op_q;
  fmt_pkg::descriptor_t step_a_q, step_b_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      step_valid_q  <= 1'b0;
      simd_valid_q  <= 1'b0;
      read_valid_q  <= 1'b0;
      store_valid_q <= 1'b0;
    end else begin
      step_valid_q  <= |pop_step;
      simd_valid_q  <= |pop_simd;
      read_valid_q  <= |pop_read;
      store_valid_q <= |pop_store_o;
    end
  end

  // Heads of the threads that are chosen. What they ask of the SIMD unit is decoded, and the formats of a matrix step's
  // operands are found, while the choice is made.
  always_ff @(posedge clk_i) begin
    for (int unsigned t = 0; t < Threads; t++) begin
      if (pop_step[t]) begin
        step_q   <= head_o[t];
        step_a_q <= number_i.a[t];
        step_b_q <= number_i.b[t];
      end
      if (pop_simd[t]) begin
        simd_q    <= head_o[t];
        simd_op_q <= simd_pkg::unit_op(head_o[t].dec.op);
      end
      if (pop_read[t]) read_q <= head_o[t];
      if (pop_store_o[t]) store_q <= head_o[t];
    end
  end

  assign store_valid_o = store_valid_q;
  assign store_o       = store_q;
  always_comb begin
    store_data_o = '{data: store_q.dec.reads_vd ? operand_c[store_q.thread] : operand_b[store_q.thread], strb: '1};
    if (store_q.dec.op == isa_pkg::OpVstP) begin
      for (int unsigned i = 0; i < cfg_pkg::SimdBytes; i++) store_data_o.strb[i] = operand_b[store_q.thread][8*i+7];
    end
  end

  // SIMD, conversions and functions.
  pipe_pkg::vector_t a, b, c, lane_data, convert_data, function_data;
  logic [6:0] tag, lane_tag, convert_tag, function_tag, simd_tag, mrd_tag;
  flag_pkg::flags_t lane_flags, convert_flags, function_flags;
  logic is_convert, is_function, is_simd, lane_valid, convert_valid, function_valid, function_taken;
  logic simd_busy, convert_busy, function_busy, matrix_busy;

  assign a = operand_a[simd_q.thread];
  assign b = operand_b[simd_q.thread];
  assign c = operand_c[simd_q.thread];

  assign is_convert = simd_q.dec.op == isa_pkg::OpVcvtW || simd_q.dec.op == isa_pkg::OpVcvtN;
  assign is_function = simd_q.dec.unit == isa_pkg::UnitFunction;
  assign is_simd = simd_q.dec.unit == isa_pkg::UnitSimd && !is_convert;
  assign tag     = {2'(simd_q.thread), simd_q.dec.rd};

  simd_unit u_simd (
    .clk_i,
    .rst_ni,
    .valid_i(simd_valid_q && is_simd),
    .op_i   (simd_op_q),
    .a_i    (a),
    .b_i    (b),
    .c_i    (c),
    .x_i    (simd_q.xs1),
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
    .valid_i     (simd_valid_q && is_convert),
    .narrow_i    (simd_q.dec.op == isa_pkg::OpVcvtN),
    .descriptor_i(number_i.descriptor),
    .group_i     (simd_q.dec.imm[5:4]),
    .key_i       (number_i.key),
    .counter_i   (number_i.counter),
    .a_i         (a),
    .c_i         (c),
    .tag_i       (tag),
    .valid_o     (convert_valid),
    .tag_o       (convert_tag),
    .data_o      (convert_data),
    .flags_o     (convert_flags),
    .busy_o      (convert_busy)
  );

  function_unit u_function (
    .clk_i,
    .rst_ni,
    .valid_i(simd_valid_q && is_function),
    .ready_o(function_taken),
    .free_o (function_free),
    .due_o  (function_due),
    .fn_i   (function_pkg::fn_of(simd_q.dec.op)),
    .x_i    (a),
    .tag_i  (tag),
    .valid_o(function_valid),
    .tag_o  (function_tag),
    .data_o (function_data),
    .flags_o(function_flags),
    .busy_o (function_busy)
  );

  // At most one of the three has a result: the first two have equal latencies, and keep off that of the third.
  assign simd_function_o = function_valid;

  always_comb begin
    simd_o.valid = lane_valid || convert_valid || function_valid;
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
  `TATAMI_ASSERT(FunctionTaken, !(simd_valid_q && is_function) || function_taken)

  // The matrix unit. B of a step may come from memory, and then the immediate says more about where it lay than how to
  // read it.
  matrix_pkg::step_t step;
  matrix_pkg::read_t read;
  isa_pkg::from_t from;
  isa_pkg::tile_t tile;

  assign from = isa_pkg::from_t'(step_q.dec.imm[6:0]);

  always_comb begin
    tile = isa_pkg::tile_t'(step_q.dec.imm[6:0]);
    if (step_q.dec.reads_mem) begin
      tile = '{pair: 3'd0, hb: from.h, ha: from.h, tb: step_q.dec.op != isa_pkg::OpMmaM, ta: from.ta};
    end
  end

  assign step = '{
          target: '{thread: step_q.thread, acc: step_q.dec.acc},
          first: step_q.dec.reads_mem ? from.first : !step_q.dec.reads_acc,
          write: step_q.dec.op == isa_pkg::OpMwrFp32,
          part: step_q.dec.part,
          tile: tile,
          a: step_a_q,
          b: step_b_q
      };
  assign read = '{
          target: '{thread: read_q.thread, acc: read_q.dec.acc},
          part: read_q.dec.part,
          bf16: read_q.dec.op == isa_pkg::OpMrdBf16,
          tag: {2'(read_q.thread), read_q.dec.rd}
      };

  matrix_unit u_matrix (
    .clk_i,
    .rst_ni,
    .valid_i      (step_valid_q),
    .step_i       (step),
    .a_i          (operand_a[step_q.thread]),
    .b_i          (operand_b[step_q.thread]),
    .done_valid_o (mma_done),
    .done_o       (done),
    .read_valid_i (read_valid_q),
    .read_i       (read),
    .read_valid_o (mrd_o.valid),
    .read_tag_o   (mrd_tag),
    .read_data_o  (mrd_o.data),
    .busy_o       (matrix_busy)
  );

  always_comb begin
    ask_o.thread = simd_q.thread;
    ask_o.format = simd_q.dec.imm[3:0];
    ask_o.narrow = simd_valid_q && simd_q.dec.op == isa_pkg::OpVcvtN;
    for (int unsigned t = 0; t < Threads; t++) ask_o.pair[t] = pipe_pkg::pair_of(head_o[t].dec);
  end

  // A tag has room for four threads.
  logic unused;
  assign unused = ^{simd_tag, mrd_tag};

  assign mrd_o.thread = mrd_tag[5+:cfg_pkg::ThreadW];
  assign mrd_o.vd     = mrd_tag[4:0];
  assign busy_o       = thread_busy != '0 || step_valid_q || simd_valid_q || read_valid_q || store_valid_q ||
                        simd_busy || convert_busy || function_busy || matrix_busy;
endmodule : vector_stage
