// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The core's store port: one store per cycle, from a memory pipe's stage X (scalar) or from the vector stage.
///
/// Stores leave in order, one cycle after they come at the earliest; up to StoreDepth are under way. `scalar_ready_o`,
/// `vector_ready_o`: a store that sets out now (issues, or leaves its vector queue) will find a place. In the cycle after
/// a vector store has asked, the port is for those, else for scalar ones; so neither has to know of the other's choice.
module store_port (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  output logic                        scalar_ready_o,
  input  logic                        vector_wants_i,
  output logic                        vector_ready_o,
  // Setting out, never two in a cycle: what issues to the memory pipes, and a vector store that leaves its queue.
  input  logic [pipe_pkg::MemoryPipes-1:0] issue_valid_i,
  input  pipe_pkg::slot_t             issue_i [pipe_pkg::MemoryPipes],
  input  logic                        pop_i,
  // Stores, one cycle later or two. A scalar one that traps gives its place back instead.
  input  pipe_pkg::memory_event_t     event_i [pipe_pkg::MemoryPipes],
  input  pipe_pkg::slot_t             scalar_i [pipe_pkg::MemoryPipes],
  input  logic                        vector_valid_i,
  input  pipe_pkg::slot_t             vector_i,
  input  pipe_pkg::vstore_t           data_i,          // of the vector store
  // Done.
  output logic                        done_o,
  output pipe_pkg::thread_t           thread_o,
  // SRAM.
  output logic                        store_valid_o,
  input  logic                        store_ready_i,
  output sram_pkg::write_req_t        store_o,
  input  logic                        store_done_i,
  output logic                        busy_o
);
  localparam int unsigned StoreW = $clog2(pipe_pkg::StoreDepth + 1);
  localparam int unsigned RequestW = $clog2(pipe_pkg::RequestDepth + 1);

  logic [pipe_pkg::MemoryPipes-1:0] comes;
  logic claim, place, for_vector_q, late, cancel, push, sent, queue_ready, note_ready, note_valid;
  pipe_pkg::slot_t slot;
  logic [63:0] base;
  logic [1:0] size;
  logic [15:0] strobe;
  pipe_pkg::trap_t unused_trap;
  sram_pkg::write_req_t request;
  logic [StoreW-1:0] stores_q;      // set out, not done
  logic [RequestW-1:0] requests_q;  // set out, not sent

  always_comb begin
    claim = pop_i;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) begin
      if (issue_valid_i[p] && issue_i[p].dec.unit == isa_pkg::UnitStore) claim = 1'b1;
    end
  end

  always_comb begin
    slot   = vector_i;
    late   = 1'b0;
    cancel = 1'b0;
    comes  = '0;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) begin
      if (event_i[p].present && scalar_i[p].dec.unit == isa_pkg::UnitStore) begin
        slot     = scalar_i[p];
        late     = event_i[p].kept;
        cancel   = event_i[p].trap;
        comes[p] = event_i[p].store;
      end
    end
  end

  assign push = vector_valid_i || comes != '0;
  assign sent = store_valid_o && store_ready_i;

  // The access was checked before; here are its words again.
  address u_address (
    .valid_i(push),
    .dec_i  (slot.dec),
    .xs1_i  (slot.xs1),
    .xs2_i  (slot.xs2),
    .base_o (base),
    .size_o (size),
    .en_o   (request.en),
    .word_o (request.addr),
    .trap_o (unused_trap)
  );

  always_comb begin
    request.data = '0;
    request.strb = '0;
    request.flip = 1'b0;
    strobe       = '0;
    if (vector_valid_i) begin
      request.data[pipe_pkg::SimdWords-1:0] = data_i.data;
      request.strb[pipe_pkg::SimdWords-1:0] = data_i.strb;
    end else if (push) begin
      strobe = ((16'd1 << (4'd1 << size)) - 16'd1) << base[2:0];
      {request.data[1], request.data[0]} = 128'(slot.xs2) << {base[2:0], 3'b0};
      {request.strb[1], request.strb[0]} = strobe;
    end
  end

  fifo #(
    .data_t(sram_pkg::write_req_t),
    .Depth (pipe_pkg::RequestDepth)
  ) u_requests (
    .clk_i,
    .rst_ni,
    .valid_i(push),
    .ready_o(queue_ready),
    .data_i (request),
    .valid_o(store_valid_o),
    .ready_i(store_ready_i),
    .data_o (store_o)
  );

  fifo #(
    .data_t(pipe_pkg::thread_t),
    .Depth (pipe_pkg::StoreDepth)
  ) u_notes (
    .clk_i,
    .rst_ni,
    .valid_i(push),
    .ready_o(note_ready),
    .data_i (slot.thread),
    .valid_o(note_valid),
    .ready_i(store_done_i),
    .data_o (thread_o)
  );
  assign done_o = store_done_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      stores_q     <= '0;
      requests_q   <= '0;
      for_vector_q <= 1'b0;
    end else begin
      for_vector_q <= vector_wants_i;
      stores_q   <= stores_q + StoreW'(claim) - StoreW'(cancel) - StoreW'(store_done_i);
      requests_q <= requests_q + RequestW'(claim) - RequestW'(cancel) - RequestW'(sent);
    end
  end

  // What sets out beside a late store would come together with it.
  assign place = requests_q != RequestW'(pipe_pkg::RequestDepth) && stores_q != StoreW'(pipe_pkg::StoreDepth) && !late;
  assign scalar_ready_o = place && !for_vector_q;
  assign vector_ready_o = place && for_vector_q;
  assign busy_o = stores_q != '0;

  `TATAMI_ASSERT(OneStore, $onehot0({vector_valid_i, comes}))
  `TATAMI_ASSERT(Place, !push || (queue_ready && note_ready))
  `TATAMI_ASSERT(Answer, !store_done_i || note_valid)
  `TATAMI_ASSERT(Checked, !push || !unused_trap.valid)
  `TATAMI_ASSERT_STREAM(Store, store_valid_o, store_ready_i, store_o)
endmodule : store_port
