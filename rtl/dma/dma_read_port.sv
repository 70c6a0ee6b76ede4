// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Shares the SRAM read port between the engine's readers and hands the answers back.
///
/// Latency: 1 cycle to the SRAM, 1 back. Throughput: 1 read per cycle; readers take turns.
/// Handshake: `ready_o` is the grant and depends on `valid_i`. Answers come in order and must be taken.
module dma_read_port #(
  parameter int unsigned Readers = 5,
  /// Reads of all readers together that may be under way.
  parameter int unsigned Depth = 22
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic [Readers-1:0]    valid_i,
  output logic [Readers-1:0]    ready_o,
  input  dma_pkg::read_t        read_i[Readers],
  output logic [Readers-1:0]    data_valid_o,
  output dma_pkg::data_t        data_o,
  // SRAM
  output logic                  rd_req_valid_o,
  input  logic                  rd_req_ready_i,
  output sram_pkg::read_req_t   rd_req_o,
  input  logic                  rd_rsp_valid_i,
  input  sram_pkg::read_rsp_t   rd_rsp_i,
  output logic                  busy_o
);
  logic [Readers-1:0] grant, owner;
  logic space, request_space, issue, owner_space, owner_valid;
  dma_pkg::read_t read;
  sram_pkg::read_req_t request;

  assign space = request_space && owner_space;
  assign issue = space && valid_i != '0;
  assign ready_o = space ? grant : '0;

  rr_arbiter #(
    .Inputs(Readers)
  ) u_arbiter (
    .clk_i,
    .rst_ni,
    .req_i(valid_i),
    .gnt_o(grant),
    .advance_i(issue)
  );

  onehot_mux #(
    .data_t(dma_pkg::read_t),
    .Inputs(Readers)
  ) u_mux (
    .sel_i(grant),
    .data_i(read_i),
    .data_o(read)
  );

  always_comb begin
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      request.en[i] = read.en[i];
      request.addr[i] = read.addr + sram_pkg::WordAddrW'(i);
    end
  end

  // The readers do not see whether the SRAM takes a read in this cycle.
  fifo #(
    .data_t(sram_pkg::read_req_t),
    .Depth(2)
  ) u_requests (
    .clk_i,
    .rst_ni,
    .valid_i(issue),
    .ready_o(request_space),
    .data_i(request),
    .valid_o(rd_req_valid_o),
    .ready_i(rd_req_ready_i),
    .data_o(rd_req_o)
  );

  fifo #(
    .data_t(logic [Readers-1:0]),
    .Depth(Depth)
  ) u_owners (
    .clk_i,
    .rst_ni,
    .valid_i(issue),
    .ready_o(owner_space),
    .data_i(grant),
    .valid_o(owner_valid),
    .ready_i(rd_rsp_valid_i),
    .data_o(owner)
  );

  always_ff @(posedge clk_i) begin
    data_valid_o <= (rst_ni && rd_rsp_valid_i) ? owner : '0;
    if (rd_rsp_valid_i) data_o <= {rd_rsp_i.uncorrectable, rd_rsp_i.data};
  end

  assign busy_o = owner_valid || data_valid_o != '0;

  logic unused_rsp;
  assign unused_rsp = ^{rd_rsp_i.corrected, rd_rsp_i.lost};

  `TATAMI_ASSERT(Expected, !rd_rsp_valid_i || owner_valid)
  `TATAMI_ASSERT_STREAM(Read, rd_req_valid_o, rd_req_ready_i, rd_req_o)
endmodule : dma_read_port
