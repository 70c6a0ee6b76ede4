// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Load/store unit: takes a checked memory instruction from stage X, sends it to SRAM and returns load data.
///
/// Requests leave one cycle after stage X at the earliest, in order; one load and one store per cycle. Up to LoadDepth
/// loads and StoreDepth stores are under way. `load_ready_o` and `store_ready_o` say that an instruction which issues now
/// will find a place. Loads return in order; a scalar load writes `load_x_o`, a vector load `load_v_o`, both in the cycle of
/// the answer. Program order between loads and stores of a thread is kept by the issue stage.
module lsu (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  output logic                        load_ready_o,
  output logic                        store_ready_o,
  // Stage X.
  input  logic                        valid_i,     // a memory instruction is in X
  input  logic                        commit_i,    // and it is carried out
  input  pipe_pkg::slot_t             slot_i,
  input  pipe_pkg::vector_t           vdata_i,     // vector store data
  output pipe_pkg::trap_t             trap_o,
  output logic [63:0]                 base_o,      // first byte address
  // Results.
  output logic                        load_done_o,
  output pipe_pkg::load_t             load_o,
  output logic                        load_error_o,  // the data has an uncorrectable error
  output logic [63:0]                 load_raw_o,    // scalar load, before extension
  output pipe_pkg::xwrite_t           load_x_o,
  output pipe_pkg::vwrite_t           load_v_o,
  output logic                        store_done_o,
  output pipe_pkg::thread_t           store_thread_o,
  // SRAM.
  output logic                        load_req_valid_o,
  input  logic                        load_req_ready_i,
  output sram_pkg::read_req_t         load_req_o,
  input  logic                        load_rsp_valid_i,
  input  sram_pkg::read_rsp_t         load_rsp_i,
  output logic                        store_valid_o,
  input  logic                        store_ready_i,
  output sram_pkg::write_req_t        store_o,
  input  logic                        store_done_i,
  output logic                        busy_o
);
  localparam int unsigned QueueDepth = 4;
  localparam int unsigned LoadW = $clog2(pipe_pkg::LoadDepth + 1);
  localparam int unsigned StoreW = $clog2(pipe_pkg::StoreDepth + 1);
  localparam int unsigned QueueW = $clog2(QueueDepth + 1);

  logic is_load, is_store, is_vector;
  logic load_push, store_push;
  logic [1:0] size;
  logic [sram_pkg::Words-1:0] en;
  logic [sram_pkg::Words-1:0][sram_pkg::WordAddrW-1:0] word;

  assign is_load    = slot_i.dec.unit == isa_pkg::UnitLoad || slot_i.dec.unit == isa_pkg::UnitVload;
  assign is_store   = slot_i.dec.unit == isa_pkg::UnitStore || slot_i.dec.unit == isa_pkg::UnitVstore;
  assign is_vector  = slot_i.dec.unit == isa_pkg::UnitVstore || slot_i.dec.unit == isa_pkg::UnitVload;
  assign load_push  = commit_i && is_load;
  assign store_push = commit_i && is_store;

  address u_address (
    .valid_i(valid_i),
    .dec_i  (slot_i.dec),
    .xs1_i  (slot_i.xs1),
    .xs2_i  (slot_i.xs2),
    .base_o,
    .size_o (size),
    .en_o   (en),
    .word_o (word),
    .trap_o
  );

  // Loads.
  sram_pkg::read_req_t load_request;
  pipe_pkg::load_t load_note;
  logic zero_extend, load_queue_ready, load_note_ready, load_note_valid, load_sent;
  logic [LoadW-1:0] loads_q;
  logic [QueueW-1:0] load_queue_q;

  assign zero_extend = slot_i.dec.op == isa_pkg::OpLbu || slot_i.dec.op == isa_pkg::OpLhu ||
                       slot_i.dec.op == isa_pkg::OpLwu;
  assign load_request = '{en: en, addr: word};
  assign load_note = '{
      thread: slot_i.thread,
      rd: slot_i.dec.rd,
      vec: is_vector,
      size: size,
      zero_extend: zero_extend,
      addr: base_o[sram_pkg::ByteAddrW-1:0]
  };

  fifo #(
    .data_t(sram_pkg::read_req_t),
    .Depth (QueueDepth)
  ) u_load_queue (
    .clk_i,
    .rst_ni,
    .valid_i(load_push),
    .ready_o(load_queue_ready),
    .data_i (load_request),
    .valid_o(load_req_valid_o),
    .ready_i(load_req_ready_i),
    .data_o (load_req_o)
  );

  fifo #(
    .data_t(pipe_pkg::load_t),
    .Depth (pipe_pkg::LoadDepth)
  ) u_load_notes (
    .clk_i,
    .rst_ni,
    .valid_i(load_push),
    .ready_o(load_note_ready),
    .data_i (load_note),
    .valid_o(load_note_valid),
    .ready_i(load_rsp_valid_i),
    .data_o (load_o)
  );

  // Load data: a scalar value lies in the first two words of the answer.
  logic [63:0] raw, mask, value;
  always_comb begin
    raw          = '0;
    mask         = '1;
    value        = '0;
    load_raw_o   = '0;
    load_x_o     = '0;
    load_v_o     = '0;
    load_error_o = 1'b0;
    if (load_rsp_valid_i) begin
      load_error_o = |load_rsp_i.uncorrectable;
      if (load_o.vec) begin
        load_v_o = '{thread: load_o.thread, vd: load_o.rd, data: load_rsp_i.data[pipe_pkg::SimdWords-1:0]};
      end else begin
        raw = 64'({load_rsp_i.data[1], load_rsp_i.data[0]} >> {load_o.addr[2:0], 3'b0});
        unique case (load_o.size)
          2'd0: begin
            mask  = 64'hff;
            value = {{56{!load_o.zero_extend && raw[7]}}, raw[7:0]};
          end
          2'd1: begin
            mask  = 64'hffff;
            value = {{48{!load_o.zero_extend && raw[15]}}, raw[15:0]};
          end
          2'd2: begin
            mask  = 64'hffff_ffff;
            value = {{32{!load_o.zero_extend && raw[31]}}, raw[31:0]};
          end
          default: value = raw;
        endcase
        load_raw_o = raw & mask;
        load_x_o   = '{thread: load_o.thread, rd: load_o.rd, data: value};
      end
    end
  end
  assign load_done_o = load_rsp_valid_i;

  // Stores.
  sram_pkg::write_req_t store_request;
  logic store_queue_ready, store_note_ready, store_note_valid, store_sent;
  logic [StoreW-1:0] stores_q;
  logic [QueueW-1:0] store_queue_q;
  logic [15:0] strobe;
  always_comb begin
    store_request      = '0;
    store_request.en   = en;
    store_request.addr = word;
    strobe             = '0;
    if (store_push) begin
      if (is_vector) begin
        store_request.data[pipe_pkg::SimdWords-1:0] = vdata_i;
        store_request.strb[pipe_pkg::SimdWords-1:0] = '1;
      end else begin
        strobe = ((16'd1 << (4'd1 << size)) - 16'd1) << base_o[2:0];
        {store_request.data[1], store_request.data[0]} = 128'(slot_i.xs2) << {base_o[2:0], 3'b0};
        {store_request.strb[1], store_request.strb[0]} = strobe;
      end
    end
  end

  fifo #(
    .data_t(sram_pkg::write_req_t),
    .Depth (QueueDepth)
  ) u_store_queue (
    .clk_i,
    .rst_ni,
    .valid_i(store_push),
    .ready_o(store_queue_ready),
    .data_i (store_request),
    .valid_o(store_valid_o),
    .ready_i(store_ready_i),
    .data_o (store_o)
  );

  fifo #(
    .data_t(pipe_pkg::thread_t),
    .Depth (pipe_pkg::StoreDepth)
  ) u_store_notes (
    .clk_i,
    .rst_ni,
    .valid_i(store_push),
    .ready_o(store_note_ready),
    .data_i (slot_i.thread),
    .valid_o(store_note_valid),
    .ready_i(store_done_i),
    .data_o (store_thread_o)
  );
  assign store_done_o = store_done_i;

  // Places: what waits, plus what is in stage X now, must leave one free.
  assign load_sent  = load_req_valid_o && load_req_ready_i;
  assign store_sent = store_valid_o && store_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      loads_q       <= '0;
      stores_q      <= '0;
      load_queue_q  <= '0;
      store_queue_q <= '0;
    end else begin
      loads_q       <= loads_q + LoadW'(load_push) - LoadW'(load_rsp_valid_i);
      stores_q      <= stores_q + StoreW'(store_push) - StoreW'(store_done_i);
      load_queue_q  <= load_queue_q + QueueW'(load_push) - QueueW'(load_sent);
      store_queue_q <= store_queue_q + QueueW'(store_push) - QueueW'(store_sent);
    end
  end

  assign load_ready_o  = load_queue_q + QueueW'(valid_i && is_load) < QueueW'(QueueDepth) &&
                         loads_q + LoadW'(valid_i && is_load) < LoadW'(pipe_pkg::LoadDepth);
  assign store_ready_o = store_queue_q + QueueW'(valid_i && is_store) < QueueW'(QueueDepth) &&
                         stores_q + StoreW'(valid_i && is_store) < StoreW'(pipe_pkg::StoreDepth);
  assign busy_o        = loads_q != '0 || stores_q != '0;

  `TATAMI_ASSERT(LoadPlace, !load_push || (load_queue_ready && load_note_ready))
  `TATAMI_ASSERT(StorePlace, !store_push || (store_queue_ready && store_note_ready))
  `TATAMI_ASSERT(LoadAnswer, !load_rsp_valid_i || load_note_valid)
  `TATAMI_ASSERT(StoreAnswer, !store_done_i || store_note_valid)
  `TATAMI_ASSERT_STREAM(LoadReq, load_req_valid_o, load_req_ready_i, load_req_o)
  `TATAMI_ASSERT_STREAM(Store, store_valid_o, store_ready_i, store_o)
endmodule : lsu
