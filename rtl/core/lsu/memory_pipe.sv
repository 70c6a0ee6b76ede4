// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A memory pipe: stages X and M of loads, stores and sums of its threads, and a load port of the SRAM.
///
/// Stage X computes and checks the address; a sum is done there. A load is queued for the SRAM, and a scalar store for the
/// store port. Stage M knows from a register what the check has found: an access traps, and what is queued for it does not
/// set out, or it is done as far as issue is concerned and a vector instruction goes to its thread's vector queue.
/// Requests leave one cycle after stage X at the earliest, in order, one per cycle; answers come in order and cannot be held
/// back. `load_ready_o`: a load that issues now will find a place. Up to LoadDepth loads are under way.
module memory_pipe (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  // Issue.
  output logic                        load_ready_o,
  input  logic                        valid_i,
  input  pipe_pkg::slot_t             slot_i,
  // Stage X.
  input  logic [cfg_pkg::Threads-1:0] void_i,      // what the thread has there is void
  output lsu_pkg::store_t             store_o,
  output pipe_pkg::xwrite_t           write_o,     // sum
  // Stage M.
  output pipe_pkg::memory_event_t     event_o,
  output pipe_pkg::slot_t             done_o,
  output logic [63:0]                 base_o,      // first byte address
  output pipe_pkg::xwrite_t           written_o,   // sum, in stage X
  // Answers.
  output pipe_pkg::answer_t           answer_o,
  // SRAM.
  output logic                        req_valid_o,
  input  logic                        req_ready_i,
  output sram_pkg::read_req_t         req_o,
  input  logic                        rsp_valid_i,
  input  sram_pkg::read_rsp_t         rsp_i,
  output logic                        busy_o
);
  localparam int unsigned LoadW = $clog2(pipe_pkg::LoadDepth + 1);
  localparam int unsigned RequestW = $clog2(pipe_pkg::RequestDepth + 1);

  logic valid_q, valid, memory, claim, load, done_valid_q, wrong_q, done_memory, goes, push;
  pipe_pkg::slot_t slot_q, done_q;
  pipe_pkg::trap_t trap, trap_q;
  logic [63:0] base;
  logic [1:0] size, size_q;
  logic [sram_pkg::Words-1:0] en;
  logic [sram_pkg::Words-1:0][sram_pkg::WordAddrW-1:0] word;
  logic [63:0] sum;
  sram_pkg::read_req_t request;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q      <= 1'b0;
      done_valid_q <= 1'b0;
      wrong_q      <= 1'b0;
    end else begin
      valid_q      <= valid_i;
      done_valid_q <= valid;
      wrong_q      <= valid && trap.valid;
    end
  end

  always_ff @(posedge clk_i) begin
    slot_q <= slot_i;  // without an enable: that something issues is known late
    if (valid_q) begin
      done_q    <= slot_q;
      trap_q    <= trap;
      base_o    <= base;
      size_q    <= size;
      written_o <= write_o;
    end
  end

  // Stage X. Whether it is void matters at its end only.
  assign valid   = valid_q && !void_i[slot_q.thread];
  assign request = '{en: en, addr: word};
  assign memory  = valid_q && slot_q.dec.unit != isa_pkg::UnitAlu;
  assign claim   = valid_q && pipe_pkg::is_load(slot_q.dec);
  assign load    = claim && valid;
  assign store_o = '{
      valid: valid_q && slot_q.dec.unit == isa_pkg::UnitStore,
      thread: slot_q.thread,
      word: word[1:0],
      both: en[1],
      first: base[2:0],
      size: size,
      data: slot_q.xs2
  };

  address u_address (
    .valid_i(memory),
    .dec_i  (slot_q.dec),
    .xs1_i  (slot_q.xs1),
    .xs2_i  (slot_q.xs2),
    .base_o (base),
    .size_o (size),
    .en_o   (en),
    .word_o (word)
  );

  address_check u_check (
    .valid_i  (memory),
    .dec_i    (slot_q.dec),
    .xs1_i    (slot_q.xs1),
    .xs2_i    (slot_q.xs2),
    .base_i   (base),
    .crosses_i(en[1]),
    .trap_o   (trap)
  );

  sum_unit u_sum (
    .op_i (slot_q.dec.op),
    .pc_i (slot_q.pc),
    .xs1_i(slot_q.xs1),
    .xs2_i(slot_q.xs2),
    .imm_i(slot_q.dec.imm),
    .sum_o(sum)
  );

  assign write_o  = '{
      valid: valid && !memory && slot_q.dec.rd != '0,
      thread: slot_q.thread,
      rd: slot_q.dec.rd,
      data: sum
  };

  // Stage M.
  assign done_memory = done_valid_q && done_q.dec.unit != isa_pkg::UnitAlu;
  assign goes        = done_memory && !wrong_q;

  always_comb begin
    done_o      = done_q;
    done_o.trap = trap_q;
  end

  assign event_o = '{
          trap: wrong_q,
          sum: done_valid_q && !done_memory,
          load: goes && done_q.dec.unit == isa_pkg::UnitLoad,
          store: goes && done_q.dec.unit == isa_pkg::UnitStore,
          vector: goes && pipe_pkg::is_vector(done_q.dec)
      };

  // Loads.
  pipe_pkg::load_t note, answered;
  logic queue_ready, note_ready, note_valid, unused_leaves, wrong_load;
  // Counted from stage X on; the load that is there has a claim on the next place.
  logic [LoadW-1:0] loads_q;        // not answered or found to trap
  logic [RequestW-1:0] requests;  // not sent or dropped

  assign push       = goes && pipe_pkg::is_load(done_q.dec);
  assign wrong_load = wrong_q && pipe_pkg::is_load(done_q.dec);
  assign note       = '{
      thread: done_q.thread,
      rd: done_q.dec.rd,
      vec: pipe_pkg::is_vector(done_q.dec),
      size: size_q,
      zero_extend: done_q.dec.op inside {isa_pkg::OpLbu, isa_pkg::OpLhu, isa_pkg::OpLwu},
      offset: base_o[2:0]
  };

  request_queue #(
    .request_t(sram_pkg::read_req_t)
  ) u_requests (
    .clk_i,
    .rst_ni,
    .valid_i  (load),
    .ready_o  (queue_ready),
    .request_i(request),
    .wrong_i  (wrong_q),
    .valid_o  (req_valid_o),
    .ready_i  (req_ready_i),
    .request_o(req_o),
    .count_o  (requests),
    .leaves_o (unused_leaves)
  );

  fifo #(
    .data_t(pipe_pkg::load_t),
    .Depth (pipe_pkg::LoadDepth)
  ) u_notes (
    .clk_i,
    .rst_ni,
    .valid_i(push),
    .ready_o(note_ready),
    .data_i (note),
    .valid_o(note_valid),
    .ready_i(rsp_valid_i),
    .data_o (answered)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      loads_q <= '0;
    end else begin
      loads_q <= loads_q + LoadW'(load) - LoadW'(wrong_load) - LoadW'(rsp_valid_i);
    end
  end

  assign load_ready_o = requests + RequestW'(claim) < RequestW'(pipe_pkg::RequestDepth) &&
                        loads_q + LoadW'(claim) < LoadW'(pipe_pkg::LoadDepth);
  assign busy_o       = valid_q || done_valid_q || requests != '0 || loads_q != '0;

  // Answers: a scalar value lies in the first two words.
  logic [63:0] mask;
  always_comb begin
    answer_o = '0;
    mask     = '1;
    if (rsp_valid_i) begin
      answer_o.valid = 1'b1;
      answer_o.load  = answered;
      answer_o.error = |rsp_i.uncorrectable;
      answer_o.lost  = rsp_i.lost;
      if (answered.vec) begin
        answer_o.data = rsp_i.data[pipe_pkg::SimdWords-1:0];
      end else begin
        answer_o.raw   = 64'({rsp_i.data[1], rsp_i.data[0]} >> {answered.offset, 3'b0});
        answer_o.value = answer_o.raw;
        unique case (answered.size)
          2'd0: begin
            mask           = 64'hff;
            answer_o.value = {{56{!answered.zero_extend && answer_o.raw[7]}}, answer_o.raw[7:0]};
          end
          2'd1: begin
            mask           = 64'hffff;
            answer_o.value = {{48{!answered.zero_extend && answer_o.raw[15]}}, answer_o.raw[15:0]};
          end
          2'd2: begin
            mask           = 64'hffff_ffff;
            answer_o.value = {{32{!answered.zero_extend && answer_o.raw[31]}}, answer_o.raw[31:0]};
          end
          default: ;
        endcase
        answer_o.raw = answer_o.raw & mask;
      end
    end
  end

  `TATAMI_ASSERT(Place, (!load || queue_ready) && (!push || note_ready))
  `TATAMI_ASSERT(Answer, !rsp_valid_i || note_valid)
  `TATAMI_ASSERT_STREAM(Request, req_valid_o, req_ready_i, req_o)
endmodule : memory_pipe
