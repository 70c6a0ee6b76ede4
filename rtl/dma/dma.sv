// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The transfer engine: runs this node's descriptor lists as requests and other nodes' gets as responses.
///
/// Two contexts share only the SRAM read port, in turns, so neither waits for the other's packets to leave.
/// Latency: from a list to its first packet 19 cycles, from a get 12, when the SRAM answers in 3 and nothing else is
/// going on.
/// Throughput: 1 packet of 64 B per cycle on aligned rows; both contexts together are bound by the read port.
/// Handshake: valid/ready; `*_ready_o` come from fill levels, requests and packets from registers. Read responses are
/// always taken. `fault_valid_o` and `get_fault_valid_o` are a pulse per fault without back-pressure.
/// Order: packets of a context leave in the order of its lists and descriptors; descriptors are read ahead, so a list
/// must not change while it runs.
/// Errors: an illegal descriptor is dropped, reported with thread and address, and the list goes on; a faulty get of
/// another node is reported with that node.
module dma (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  noc_pkg::node_id_t          id_i,
  // lists of the core
  input  logic                       start_valid_i,
  output logic                       start_ready_o,
  input  core_pkg::xfer_t            start_i,
  // gets of other nodes
  input  logic                       get_valid_i,
  output logic                       get_ready_o,
  input  noc_pkg::descriptor_t       get_i,
  // SRAM read port
  output logic                       rd_req_valid_o,
  input  logic                       rd_req_ready_i,
  output sram_pkg::read_req_t        rd_req_o,
  input  logic                       rd_rsp_valid_i,
  input  sram_pkg::read_rsp_t        rd_rsp_i,
  // to the router, per class
  output logic [1:0]                 inject_valid_o,
  input  logic [1:0]                 inject_ready_i,
  output noc_pkg::packet_t [1:0]     inject_o,
  // faults of own lists
  output logic                       fault_valid_o,
  output logic [1:0]                 fault_thread_o,
  output logic [sram_pkg::ByteAddrW-1:0] fault_addr_o,
  // faults of gets of other nodes
  output logic                       get_fault_valid_o,
  output noc_pkg::node_id_t          get_fault_node_o,
  // the clock must run in the next cycle
  output logic                       busy_o
);
  localparam int unsigned Contexts = 2;  // 0 own lists (requests), 1 gets of others (responses)
  // Readers: the payloads of both contexts, their gathers' tables, descriptors.
  localparam int unsigned Index = Contexts;
  localparam int unsigned Fetch = 2 * Contexts;
  localparam int unsigned Readers = 2 * Contexts + 1;

  logic [Readers-1:0] read_valid, read_ready, data_valid;
  dma_pkg::read_t read[Readers];
  dma_pkg::data_t data;
  logic [Contexts-1:0] entry_valid, entry_ready;
  dma_pkg::entry_t entry[Contexts];
  noc_pkg::packet_t inject[Contexts];
  logic fetch_busy, port_busy;
  logic [Contexts-1:0] context_busy;
  logic get_valid;
  noc_pkg::descriptor_t get;

  // Faults by context; those of payloads before those of descriptors.
  logic [Contexts-1:0] data_fault_valid, descriptor_fault_valid, fault_valid_q;
  dma_pkg::fault_t data_fault[Contexts];
  dma_pkg::fault_t descriptor_fault[Contexts];
  dma_pkg::fault_t fault_q[Contexts];

  dma_fetch u_fetch (
    .clk_i,
    .rst_ni,
    .start_valid_i,
    .start_ready_o,
    .start_i,
    .read_valid_o(read_valid[Fetch]),
    .read_ready_i(read_ready[Fetch]),
    .read_o(read[Fetch]),
    .data_valid_i(data_valid[Fetch]),
    .data_i(data),
    .entry_valid_o(entry_valid[0]),
    .entry_ready_i(entry_ready[0]),
    .entry_o(entry[0]),
    .busy_o(fetch_busy)
  );

  head_fifo #(
    .data_t(noc_pkg::descriptor_t),
    .Depth(dma_pkg::QueueDepth)
  ) u_gets (
    .clk_i,
    .rst_ni,
    .valid_i(get_valid_i),
    .ready_o(get_ready_o),
    .data_i(get_i),
    .valid_o(get_valid),
    .ready_i(entry_ready[1]),
    .data_o(get)
  );

  assign entry_valid[1] = get_valid;
  assign entry[1] = {1'b0, dma_pkg::origin_t'('0), get};

  for (genvar c = 0; c < Contexts; c++) begin : gen_context
    dma_context #(
      .Remote(c == 1)
    ) u_context (
      .clk_i,
      .rst_ni,
      .id_i,
      .entry_valid_i(entry_valid[c]),
      .entry_ready_o(entry_ready[c]),
      .entry_i(entry[c]),
      .read_valid_o(read_valid[c]),
      .read_ready_i(read_ready[c]),
      .read_o(read[c]),
      .data_valid_i(data_valid[c]),
      .index_read_valid_o(read_valid[Index+c]),
      .index_read_ready_i(read_ready[Index+c]),
      .index_read_o(read[Index+c]),
      .index_data_valid_i(data_valid[Index+c]),
      .data_i(data),
      .inject_valid_o(inject_valid_o[c]),
      .inject_ready_i(inject_ready_i[c]),
      .inject_o(inject[c]),
      .fault_valid_o(descriptor_fault_valid[c]),
      .fault_ready_i(!data_fault_valid[c]),
      .fault_o(descriptor_fault[c]),
      .data_fault_valid_o(data_fault_valid[c]),
      .data_fault_o(data_fault[c]),
      .busy_o(context_busy[c])
    );
    assign inject_o[c] = inject[c];

    always_ff @(posedge clk_i) begin
      if (!rst_ni) fault_valid_q[c] <= 1'b0;
      else fault_valid_q[c] <= data_fault_valid[c] || descriptor_fault_valid[c];
    end

    always_ff @(posedge clk_i) begin
      if (data_fault_valid[c]) fault_q[c] <= data_fault[c];
      else if (descriptor_fault_valid[c]) fault_q[c] <= descriptor_fault[c];
    end
  end

  dma_read_port #(
    .Readers(Readers),
    .Depth(Contexts * (dma_pkg::Slots + dma_pkg::IndexPieces) + dma_pkg::FetchDepth)
  ) u_read_port (
    .clk_i,
    .rst_ni,
    .valid_i(read_valid),
    .ready_o(read_ready),
    .read_i(read),
    .data_valid_o(data_valid),
    .data_o(data),
    .rd_req_valid_o,
    .rd_req_ready_i,
    .rd_req_o,
    .rd_rsp_valid_i,
    .rd_rsp_i,
    .busy_o(port_busy)
  );

  assign fault_valid_o = fault_valid_q[0];
  assign fault_thread_o = fault_q[0].origin.thread;
  assign fault_addr_o = fault_q[0].origin.addr;
  assign get_fault_valid_o = fault_valid_q[1];
  assign get_fault_node_o = fault_q[1].node;
  assign busy_o = fetch_busy || get_valid || context_busy != '0 || port_busy || fault_valid_q != '0;

  logic unused_fault;
  assign unused_fault = ^{fault_q[0].node, fault_q[1].origin};
endmodule : dma
