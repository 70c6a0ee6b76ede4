// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The vector side of one thread: its queue of instructions, the vectors that their loads have brought, and its vector
/// registers (three read and three write ports).
///
/// Instructions enter in program order, straight from issue (and are here in stages X and M) or from a memory pipe's stage M,
/// and wait in the queue; loads run ahead of them. The head is offered until it is popped; its operands stand in a_o, b_o and
/// c_o in the cycle after. They are read in every cycle in which the head is offered, as pop_i comes late. A vector load writes its
/// register when it is popped. An operand in memory takes the place of the second one: of B (a step), of vs2 (SIMD).
/// Whoever sends instructions and loads has asked for a place before (`flight_t`).
module vector_thread (
  input  logic                clk_i,
  input  logic                rst_ni,
  // Instructions: at most one of the two at a time.
  input  logic                issue_valid_i,
  input  pipe_pkg::slot_t     issue_i,
  input  logic                void_i,        // what is in stage X is void
  input  logic                memory_valid_i,
  input  pipe_pkg::slot_t     memory_i,      // xs1 of loads and stores: the address of the first item, imm: 0
  // Loaded vectors.
  input  logic                load_valid_i,
  input  pipe_pkg::vector_t   load_i,
  // Head of the queue.
  output logic                head_valid_o,  // with its operand from memory, if it has one
  output pipe_pkg::slot_t     head_o,
  output pipe_pkg::vector_t   loaded_o,      // that operand
  input  logic                pop_i,
  output pipe_pkg::vector_t   a_o,
  output pipe_pkg::vector_t   b_o,
  output pipe_pkg::vector_t   c_o,
  // Results.
  input  pipe_pkg::vwrite_t   simd_i,
  input  pipe_pkg::vwrite_t   mrd_i,
  output logic                busy_o
);
  logic valid_q, done_valid_q, queue_valid, queue_ready, operand_valid, operand_ready, takes;
  pipe_pkg::slot_t slot_q, done_q;
  pipe_pkg::vector_t mem_q[32];
  pipe_pkg::vector_t vs1, vs2;
  logic [4:0] vs1_name;
  shuffle_pkg::read_e read;

  always_ff @(posedge clk_i) begin
    valid_q      <= rst_ni && issue_valid_i;
    done_valid_q <= rst_ni && valid_q && !void_i;
  end

  always_ff @(posedge clk_i) begin
    if (issue_valid_i) slot_q <= issue_i;
    if (valid_q) done_q <= slot_q;
  end

  head_fifo #(
    .data_t(pipe_pkg::slot_t),
    .Depth (pipe_pkg::VectorDepth)
  ) u_queue (
    .clk_i,
    .rst_ni,
    .valid_i(done_valid_q || memory_valid_i),
    .ready_o(queue_ready),
    .data_i (done_valid_q ? done_q : memory_i),
    .valid_o(queue_valid),
    .ready_i(pop_i),
    .data_o (head_o)
  );

  fifo #(
    .data_t(pipe_pkg::vector_t),
    .Depth (pipe_pkg::OperandDepth)
  ) u_operands (
    .clk_i,
    .rst_ni,
    .valid_i(load_valid_i),
    .ready_o(operand_ready),
    .data_i (load_i),
    .valid_o(operand_valid),
    .ready_i(pop_i && takes),
    .data_o (loaded_o)
  );

  assign takes        = pipe_pkg::takes_operand(head_o.dec);
  assign head_valid_o = queue_valid && (operand_valid || !takes);
  assign busy_o       = valid_q || done_valid_q || queue_valid;

  // Of a step with B in memory, A is named by rs2.
  assign vs1_name = (head_o.dec.unit == isa_pkg::UnitMatrix && head_o.dec.reads_mem) ? head_o.dec.rs2 : head_o.dec.rs1;
  assign vs1      = mem_q[vs1_name];
  assign vs2      = mem_q[head_o.dec.rs2];
  assign read     = shuffle_pkg::read_of(head_o.dec.op);

  always_ff @(posedge clk_i) begin
    if (head_valid_o) begin
      a_o <= vs1;
      b_o <= head_o.dec.reads_mem ? loaded_o : vs2;
      if (read != shuffle_pkg::ReadWhole) begin
        a_o <= shuffle_pkg::first(read, head_o.dec.imm[shuffle_pkg::WordIdW-1:0], vs1, vs2);
        if (!head_o.dec.reads_mem) b_o <= shuffle_pkg::second(read, vs1, vs2);
      end
      if (head_o.dec.reads_vd) c_o <= mem_q[head_o.dec.rd];
    end
  end

  // The scoreboard keeps any two of these apart, and readers away until the cycle after.
  always_ff @(posedge clk_i) begin
    if (pop_i && head_o.dec.unit == isa_pkg::UnitVload) mem_q[head_o.dec.rd] <= loaded_o;
    if (simd_i.valid) mem_q[simd_i.vd] <= simd_i.data;
    if (mrd_i.valid) mem_q[mrd_i.vd] <= mrd_i.data;
  end

  `TATAMI_ASSERT(OneComes, !(done_valid_q && memory_valid_i))
  `TATAMI_ASSERT(Place, !(done_valid_q || memory_valid_i) || queue_ready)
  `TATAMI_ASSERT(OperandPlace, !load_valid_i || operand_ready)
  `TATAMI_ASSERT(PopValid, !pop_i || head_valid_o)
endmodule : vector_thread
