// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Reads the descriptors of queued lists, in order, ahead of their use.
///
/// Latency: from an accepted list to its first descriptor 3 cycles plus the SRAM's read latency. Throughput: FetchDepth
/// descriptors per read latency. Handshake: valid/ready; read responses always have space.
/// Errors: a list whose next descriptor is misaligned or outside the SRAM gives one broken entry and ends. A descriptor
/// with an uncorrectable word is broken.
module dma_fetch (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  // lists
  input  logic                 start_valid_i,
  output logic                 start_ready_o,
  input  core_pkg::xfer_t      start_i,
  // SRAM reads
  output logic                 read_valid_o,
  input  logic                 read_ready_i,
  output dma_pkg::read_t       read_o,
  input  logic                 data_valid_i,
  input  dma_pkg::data_t       data_i,
  // descriptors
  output logic                 entry_valid_o,
  input  logic                 entry_ready_i,
  output dma_pkg::entry_t      entry_o,
  output logic                 busy_o
);
  localparam int unsigned DescriptorBytes = 64;
  localparam int unsigned AddrW = sram_pkg::ByteAddrW;

  typedef struct packed {
    logic broken;
    dma_pkg::origin_t origin;
  } ticket_t;

  logic list_valid, list_ready;
  core_pkg::xfer_t list;
  logic active_q;
  logic [1:0] thread_q;
  logic [AddrW:0] addr_q;  // one bit more, to see the end of the address space
  logic [15:0] left_q;
  logic reachable, step, ticket_ready, ticket_valid, ticket_pop;
  ticket_t ticket;
  logic data_valid, data_pop;
  logic data_space;
  dma_pkg::data_t data;

  fifo #(
    .data_t(core_pkg::xfer_t),
    .Depth(dma_pkg::QueueDepth)
  ) u_lists (
    .clk_i,
    .rst_ni,
    .valid_i(start_valid_i),
    .ready_o(start_ready_o),
    .data_i(start_i),
    .valid_o(list_valid),
    .ready_i(list_ready),
    .data_o(list)
  );

  assign list_ready = !active_q;
  assign reachable = addr_q[2:0] == '0 && 32'(addr_q) + DescriptorBytes <= cfg_pkg::SramBytes;
  assign step = active_q && ticket_ready && (!reachable || read_ready_i);

  assign read_valid_o = active_q && ticket_ready && reachable;
  assign read_o.addr = addr_q[AddrW-1:3];
  assign read_o.en = '1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else if (!active_q) active_q <= list_valid && list.count != '0;
    else if (step) active_q <= reachable && left_q != 16'd1;
  end

  always_ff @(posedge clk_i) begin
    if (list_valid && list_ready) begin
      thread_q <= list.thread;
      addr_q   <= {1'b0, list.addr};
      left_q   <= list.count;
    end else if (step) begin
      addr_q <= addr_q + (AddrW + 1)'(DescriptorBytes);
      left_q <= left_q - 1'b1;
    end
  end

  // One ticket per descriptor under way; it limits the reads, so that their data has space.
  fifo #(
    .data_t(ticket_t),
    .Depth(dma_pkg::FetchDepth)
  ) u_tickets (
    .clk_i,
    .rst_ni,
    .valid_i(step),
    .ready_o(ticket_ready),
    .data_i({!reachable, thread_q, addr_q[AddrW-1:0]}),
    .valid_o(ticket_valid),
    .ready_i(ticket_pop),
    .data_o(ticket)
  );

  head_fifo #(
    .data_t(dma_pkg::data_t),
    .Depth(dma_pkg::FetchDepth)
  ) u_data (
    .clk_i,
    .rst_ni,
    .valid_i(data_valid_i),
    .ready_o(data_space),
    .data_i,
    .valid_o(data_valid),
    .ready_i(data_pop),
    .data_o(data)
  );

  assign entry_valid_o = ticket_valid && (ticket.broken || data_valid);
  assign ticket_pop = entry_valid_o && entry_ready_i;
  assign data_pop = ticket_pop && !ticket.broken;
  assign entry_o.broken = ticket.broken || data.uncorrectable != '0;
  assign entry_o.origin = ticket.origin;
  assign entry_o.descriptor = noc_pkg::descriptor_t'(data.payload);

  assign busy_o = list_valid || active_q || ticket_valid;

  `TATAMI_ASSERT(DataSpace, !data_valid_i || data_space)
endmodule : dma_fetch
