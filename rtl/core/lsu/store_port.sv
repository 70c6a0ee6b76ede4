// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The core's store port: one store per cycle, from a memory pipe's stage X (scalar) or from the vector stage.
///
/// Stores leave in order, one cycle after they come at the earliest; up to StoreDepth are under way. `scalar_ready_o`,
/// `vector_ready_o`: a store that sets out now (issues, or leaves its vector queue) will find a place. Neither side knows
/// what the other lets go: when both come in a cycle the vector store is held back, and the next goes before scalar ones.
module store_port (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  output logic                        scalar_ready_o,
  output logic                        vector_ready_o,
  // Setting out, at most one of each: a scalar store issues, a vector store leaves its queue.
  input  logic                        issue_i,
  input  logic                        pop_i,
  // A scalar store: one cycle later in stage X, where it may be void. In stage M it may trap, and is dropped when it comes up.
  input  logic [cfg_pkg::Threads-1:0] void_i,
  input  lsu_pkg::store_t [pipe_pkg::MemoryPipes-1:0] scalar_i,
  input  pipe_pkg::memory_event_t     event_i [pipe_pkg::MemoryPipes],
  // Vector stores, one cycle later.
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

  /// What of an instruction says where it stores what.
  typedef struct packed {
    pipe_pkg::thread_t thread;
    isa_pkg::decoded_t dec;
    logic [63:0] xs1;
    logic [63:0] xs2;
  } source_t;

  function automatic source_t source_of(input pipe_pkg::slot_t slot);
    return '{thread: slot.thread, dec: slot.dec, xs1: slot.xs1, xs2: slot.xs2};
  endfunction

  logic present, comes, wrong, push, leaves, queue_ready, pushed_q, note, note_ready, note_valid;
  logic [pipe_pkg::MemoryPipes-1:0] comes_q;  // from this pipe
  // `present` and `held_valid` again: those choose among all that is stored, and what says so comes late out of them.
  logic claim_q, blocked_q;
  source_t vector, held_q;
  lsu_pkg::store_t scalar;
  pipe_pkg::thread_t thread, thread_q;
  logic held_valid, held_valid_q;
  pipe_pkg::vstore_t data, held_data_q;
  logic [63:0] base;
  logic [1:0] unused_size;
  logic [15:0] strobe;
  pipe_pkg::trap_t unused_trap;
  sram_pkg::write_req_t scalar_request, vector_request, request;
  // Scalar ones count from stage X on, where they are not void; one that is there has a claim on the next place.
  logic [StoreW-1:0] stores_q;  // not done or found to trap
  logic [RequestW-1:0] requests_q, unused_count;  // not sent or dropped

  // The scalar store in stage X.
  always_comb begin
    scalar = '0;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) begin
      if (scalar_i[p].valid) scalar = scalar_i[p];
    end
  end
  assign present = scalar.valid;
  assign comes   = present && !void_i[scalar.thread];

  // The vector store: the one held back, or the one that comes.
  assign vector     = held_valid_q ? held_q : source_of(vector_i);
  assign data       = held_valid_q ? held_data_q : data_i;
  assign held_valid = vector_valid_i && (held_valid_q || present);

  always_ff @(posedge clk_i) begin
    held_valid_q <= rst_ni && held_valid;
    if (held_valid) begin
      held_q      <= source_of(vector_i);
      held_data_q <= data_i;
    end
  end

  address u_vector (
    .valid_i(held_valid_q || vector_valid_i),
    .dec_i  (vector.dec),
    .xs1_i  (vector.xs1),
    .xs2_i  (vector.xs2),
    .base_o (base),
    .size_o (unused_size),
    .en_o   (vector_request.en),
    .word_o (vector_request.addr)
  );

  // It was checked in its memory pipe: for the assertion below.
  address_check u_check (
    .valid_i  (held_valid_q || vector_valid_i),
    .dec_i    (vector.dec),
    .xs1_i    (vector.xs1),
    .xs2_i    (vector.xs2),
    .base_i   (base),
    .crosses_i(1'b0),
    .trap_o   (unused_trap)
  );

  always_comb begin
    scalar_request           = '0;
    scalar_request.en[1:0]   = {scalar.both, scalar.valid};
    scalar_request.addr[1:0] = scalar.word;
    strobe                   = '0;
    if (present) begin
      strobe = ((16'd1 << (4'd1 << scalar.size)) - 16'd1) << scalar.first;
      {scalar_request.data[1], scalar_request.data[0]} = 128'(scalar.data) << {scalar.first, 3'b0};
      {scalar_request.strb[1], scalar_request.strb[0]} = strobe;
    end
  end

  always_comb begin
    vector_request.data = '0;
    vector_request.strb = '0;
    vector_request.flip = 1'b0;
    if (held_valid_q || vector_valid_i) begin
      vector_request.data[pipe_pkg::SimdWords-1:0] = data.data;
      vector_request.strb[pipe_pkg::SimdWords-1:0] = data.strb;
    end
  end

  assign push    = held_valid_q || (vector_valid_i && !present) || comes;
  assign thread  = present ? scalar.thread : vector.thread;
  assign request = present ? scalar_request : vector_request;

  // What traps gets no note: whose store is done is noted one cycle later.
  always_ff @(posedge clk_i) begin
    claim_q   <= rst_ni && issue_i;
    blocked_q <= rst_ni && pop_i && (held_valid || issue_i);
    pushed_q  <= rst_ni && push;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) comes_q[p] <= rst_ni && comes && scalar_i[p].valid;
    if (push) thread_q <= thread;
  end

  always_comb begin
    wrong = 1'b0;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) wrong = wrong || (comes_q[p] && event_i[p].trap);
  end
  assign note = pushed_q && !wrong;

  request_queue #(
    .request_t(sram_pkg::write_req_t)
  ) u_requests (
    .clk_i,
    .rst_ni,
    .valid_i  (push),
    .ready_o  (queue_ready),
    .request_i(request),
    .wrong_i  (wrong),
    .valid_o  (store_valid_o),
    .ready_i  (store_ready_i),
    .request_o(store_o),
    .count_o  (unused_count),
    .leaves_o (leaves)
  );

  fifo #(
    .data_t(pipe_pkg::thread_t),
    .Depth (pipe_pkg::StoreDepth)
  ) u_notes (
    .clk_i,
    .rst_ni,
    .valid_i(note),
    .ready_o(note_ready),
    .data_i (thread_q),
    .valid_o(note_valid),
    .ready_i(store_done_i),
    .data_o (thread_o)
  );
  assign done_o = store_done_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      stores_q   <= '0;
      requests_q <= '0;
    end else begin
      stores_q   <= stores_q + StoreW'(comes) + StoreW'(pop_i) - StoreW'(wrong) - StoreW'(store_done_i);
      requests_q <= requests_q + RequestW'(comes) + RequestW'(pop_i) - RequestW'(leaves);
    end
  end

  // The last place is for vector stores. What issues beside a vector store that is held back would come together with it; that
  // this will happen is known a cycle before.
  assign vector_ready_o = requests_q + RequestW'(claim_q) < RequestW'(pipe_pkg::RequestDepth) &&
                          stores_q + StoreW'(claim_q) < StoreW'(pipe_pkg::StoreDepth);
  assign scalar_ready_o = requests_q + RequestW'(claim_q) < RequestW'(pipe_pkg::RequestDepth - 1) &&
                          stores_q + StoreW'(claim_q) < StoreW'(pipe_pkg::StoreDepth - 1) && !blocked_q;
  assign busy_o  = claim_q || stores_q != '0 || requests_q != '0;

  `TATAMI_ASSERT(Claim, claim_q == present)
  `TATAMI_ASSERT(Blocked, blocked_q == held_valid)
  `TATAMI_ASSERT(OneStore, !(held_valid_q && present))
  `TATAMI_ASSERT(Place, (!push || queue_ready) && (!note || note_ready))
  `TATAMI_ASSERT(Answer, !store_done_i || note_valid)
  `TATAMI_ASSERT(Checked, comes || !(push && unused_trap.valid))
  `TATAMI_ASSERT_STREAM(Store, store_valid_o, store_ready_i, store_o)
endmodule : store_port
