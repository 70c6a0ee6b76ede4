// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A memory pipe: stage X of loads, stores and sums of its threads, and a load port of the SRAM.
///
/// Stage X computes and checks the address. An access that is not seen early to be right stays there for a second cycle, so
/// that whether it traps comes out of a register. A load that does not trap is queued for the SRAM, a scalar store goes to the
/// store port, a vector instruction to its thread's vector queue. Requests leave one cycle after stage X at the earliest,
/// in order, one per cycle; answers come in order and cannot be held back. `load_ready_o`: a load that issues now will
/// find a place. Up to LoadDepth loads are under way.
module memory_pipe (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  // Issue.
  output logic                        load_ready_o,
  input  logic                        valid_i,
  input  pipe_pkg::slot_t             slot_i,
  // Stage X.
  output pipe_pkg::memory_event_t     event_o,
  output pipe_pkg::slot_t             slot_o,
  output logic [63:0]                 base_o,      // first byte address
  output pipe_pkg::xwrite_t           write_o,     // sum
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

  logic valid_q, checked_q, wrong_q, memory, sure, goes, push, sent;
  pipe_pkg::slot_t slot_q;
  pipe_pkg::trap_t trap;
  logic [1:0] size;
  logic [sram_pkg::Words-1:0] en;
  logic [sram_pkg::Words-1:0][sram_pkg::WordAddrW-1:0] word;
  logic [63:0] sum;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q   <= 1'b0;
      checked_q <= 1'b0;
    end else begin
      valid_q   <= valid_i || event_o.kept;
      checked_q <= event_o.kept;
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) slot_q <= slot_i;
    wrong_q <= trap.valid;
  end

  // Stage X.
  assign memory = valid_q && slot_q.dec.unit != isa_pkg::UnitAlu;
  assign goes   = memory && (sure || checked_q) && !event_o.trap;

  address u_address (
    .valid_i(memory),
    .dec_i  (slot_q.dec),
    .xs1_i  (slot_q.xs1),
    .xs2_i  (slot_q.xs2),
    .base_o,
    .size_o (size),
    .en_o   (en),
    .word_o (word),
    .trap_o (trap)
  );

  early_bounds u_early (
    .dec_i (slot_q.dec),
    .xs1_i (slot_q.xs1),
    .xs2_i (slot_q.xs2),
    .sure_o(sure)
  );

  always_comb begin
    unique case (slot_q.dec.op)
      isa_pkg::OpLui:   sum = slot_q.dec.imm;
      isa_pkg::OpAuipc: sum = slot_q.pc + slot_q.dec.imm;
      isa_pkg::OpAdd:   sum = slot_q.xs1 + slot_q.xs2;
      default:          sum = slot_q.xs1 + slot_q.dec.imm;
    endcase
  end

  always_comb begin
    slot_o      = slot_q;
    slot_o.trap = memory ? trap : '0;
  end

  assign event_o = '{
      present: valid_q,
      kept: memory && !sure && !checked_q,
      trap: checked_q && wrong_q,
      sum: valid_q && !memory,
      load: goes && slot_q.dec.unit == isa_pkg::UnitLoad,
      store: goes && slot_q.dec.unit == isa_pkg::UnitStore,
      vector: goes && pipe_pkg::is_vector(slot_q.dec)
  };
  assign write_o  = '{
      valid: valid_q && !memory && slot_q.dec.rd != '0,
      thread: slot_q.thread,
      rd: slot_q.dec.rd,
      data: sum
  };

  // Loads.
  sram_pkg::read_req_t request;
  pipe_pkg::load_t note, load;
  logic queue_ready, note_ready, note_valid;
  logic [LoadW-1:0] loads_q;        // issued, not answered
  logic [RequestW-1:0] requests_q;  // issued, not sent

  assign push    = goes && pipe_pkg::is_load(slot_q.dec);
  assign sent    = req_valid_o && req_ready_i;
  assign request = '{en: en, addr: word};
  assign note    = '{
      thread: slot_q.thread,
      rd: slot_q.dec.rd,
      vec: pipe_pkg::is_vector(slot_q.dec),
      size: size,
      zero_extend: slot_q.dec.op inside {isa_pkg::OpLbu, isa_pkg::OpLhu, isa_pkg::OpLwu},
      offset: base_o[2:0]
  };

  fifo #(
    .data_t(sram_pkg::read_req_t),
    .Depth (pipe_pkg::RequestDepth)
  ) u_requests (
    .clk_i,
    .rst_ni,
    .valid_i(push),
    .ready_o(queue_ready),
    .data_i (request),
    .valid_o(req_valid_o),
    .ready_i(req_ready_i),
    .data_o (req_o)
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
    .data_o (load)
  );

  logic issued_load, cancelled_load;
  assign issued_load    = valid_i && pipe_pkg::is_load(slot_i.dec);
  assign cancelled_load = event_o.trap && pipe_pkg::is_load(slot_q.dec);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      loads_q    <= '0;
      requests_q <= '0;
    end else begin
      loads_q    <= loads_q + LoadW'(issued_load) - LoadW'(cancelled_load) - LoadW'(rsp_valid_i);
      requests_q <= requests_q + RequestW'(issued_load) - RequestW'(cancelled_load) - RequestW'(sent);
    end
  end

  assign load_ready_o = requests_q != RequestW'(pipe_pkg::RequestDepth) && loads_q != LoadW'(pipe_pkg::LoadDepth);
  assign busy_o       = valid_q || loads_q != '0;

  // Answers: a scalar value lies in the first two words.
  logic [63:0] mask;
  always_comb begin
    answer_o = '0;
    mask     = '1;
    if (rsp_valid_i) begin
      answer_o.valid = 1'b1;
      answer_o.load  = load;
      answer_o.error = |rsp_i.uncorrectable;
      answer_o.lost  = rsp_i.lost;
      if (load.vec) begin
        answer_o.data = rsp_i.data[pipe_pkg::SimdWords-1:0];
      end else begin
        answer_o.raw   = 64'({rsp_i.data[1], rsp_i.data[0]} >> {load.offset, 3'b0});
        answer_o.value = answer_o.raw;
        unique case (load.size)
          2'd0: begin
            mask           = 64'hff;
            answer_o.value = {{56{!load.zero_extend && answer_o.raw[7]}}, answer_o.raw[7:0]};
          end
          2'd1: begin
            mask           = 64'hffff;
            answer_o.value = {{48{!load.zero_extend && answer_o.raw[15]}}, answer_o.raw[15:0]};
          end
          2'd2: begin
            mask           = 64'hffff_ffff;
            answer_o.value = {{32{!load.zero_extend && answer_o.raw[31]}}, answer_o.raw[31:0]};
          end
          default: ;
        endcase
        answer_o.raw = answer_o.raw & mask;
      end
    end
  end

  `TATAMI_ASSERT(Kept, !event_o.kept || !valid_i)
  `TATAMI_ASSERT(Sure, !(memory && sure && trap.valid))
  `TATAMI_ASSERT(Place, !push || (queue_ready && note_ready))
  `TATAMI_ASSERT(Answer, !rsp_valid_i || note_valid)
  `TATAMI_ASSERT_STREAM(Request, req_valid_o, req_ready_i, req_o)
endmodule : memory_pipe
