// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Runs descriptors one after the other and sends their packets in order.
///
/// Latency: 11 cycles from a descriptor to its first packet when the SRAM answers in 3. Throughput: 1 packet per cycle.
/// Handshake: valid/ready; read data always has space, because at most dma_pkg::Slots packets are under way.
/// Errors: an illegal descriptor is dropped and raises a fault. A payload with an uncorrectable word is sent as it was
/// read, one of a row that does not exist as zeros, and raises a fault, `data_fault_valid_o` for one cycle.
module dma_context #(
  /// Gets of other nodes, answered in the response class, rather than own lists.
  parameter bit Remote = 1'b0
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  noc_pkg::node_id_t    id_i,
  input  logic                 entry_valid_i,
  output logic                 entry_ready_o,
  input  dma_pkg::entry_t      entry_i,
  // SRAM reads: payloads, and the tables of gathers
  output logic                 read_valid_o,
  input  logic                 read_ready_i,
  output dma_pkg::read_t       read_o,
  input  logic                 data_valid_i,
  output logic                 index_read_valid_o,
  input  logic                 index_read_ready_i,
  output dma_pkg::read_t       index_read_o,
  input  logic                 index_data_valid_i,
  input  dma_pkg::data_t       data_i,
  // packets
  output logic                 inject_valid_o,
  input  logic                 inject_ready_i,
  output noc_pkg::packet_t     inject_o,
  // illegal descriptors
  output logic                 fault_valid_o,
  input  logic                 fault_ready_i,
  output dma_pkg::fault_t      fault_o,
  // unreadable payloads
  output logic                 data_fault_valid_o,
  output dma_pkg::fault_t      data_fault_o,
  output logic                 busy_o
);
  localparam int unsigned CountW = $clog2(dma_pkg::Slots + 1);

  logic job_valid, job_ready, check_busy, walker_busy;
  dma_pkg::job_t job;
  logic gather, row_valid, row_ready;
  dma_pkg::row_t row;
  logic get_valid, get_ready;
  noc_pkg::descriptor_t get;
  logic slip_push, slip_space, slip_valid, slip_pop;
  dma_pkg::slip_t slip_in, slip;
  logic data_push, data_space, data_valid, data_pop;
  dma_pkg::data_t data_in, data;
  logic [CountW-1:0] reads_q;  // reads that have not answered
  logic packet_ready, ready, lost;

  dma_check #(
    .Remote(Remote)
  ) u_check (
    .clk_i,
    .rst_ni,
    .id_i,
    .entry_valid_i,
    .entry_ready_o,
    .entry_i,
    .job_valid_o(job_valid),
    .job_ready_i(job_ready),
    .job_o(job),
    .fault_valid_o,
    .fault_ready_i,
    .fault_o,
    .busy_o(check_busy)
  );

  dma_index u_index (
    .clk_i,
    .rst_ni,
    .start_i(gather),
    .job_i(job),
    .read_valid_o(index_read_valid_o),
    .read_ready_i(index_read_ready_i),
    .read_o(index_read_o),
    .data_valid_i(index_data_valid_i),
    .data_i,
    .row_valid_o(row_valid),
    .row_ready_i(row_ready),
    .row_o(row)
  );

  dma_walker #(
    .Class(Remote ? noc_pkg::Response : noc_pkg::Request)
  ) u_walker (
    .clk_i,
    .rst_ni,
    .id_i,
    .job_valid_i(job_valid),
    .job_ready_o(job_ready),
    .job_i(job),
    .gather_o(gather),
    .row_valid_i(row_valid),
    .row_ready_o(row_ready),
    .row_i(row),
    .read_valid_o,
    .read_ready_i,
    .read_o,
    .get_valid_o(get_valid),
    .get_ready_i(get_ready),
    .get_o(get),
    .slip_valid_o(slip_push),
    .slip_ready_i(slip_space),
    .slip_o(slip_in),
    .busy_o(walker_busy)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) reads_q <= '0;
    else if ((read_valid_o && read_ready_i) != data_valid_i) reads_q <= data_valid_i ? reads_q - 1'b1 : reads_q + 1'b1;
  end

  // The payload of a get enters behind the data of all reads before it.
  assign get_ready = reads_q == '0;
  assign data_push = data_valid_i || (get_valid && slip_space);

  always_comb begin
    data_in = data_i;
    if (get_valid) data_in = {sram_pkg::Words'(0), get};
  end

  fifo #(
    .data_t(dma_pkg::slip_t),
    .Depth(dma_pkg::Slots)
  ) u_slips (
    .clk_i,
    .rst_ni,
    .valid_i(slip_push),
    .ready_o(slip_space),
    .data_i(slip_in),
    .valid_o(slip_valid),
    .ready_i(slip_pop),
    .data_o(slip)
  );

  fifo #(
    .data_t(dma_pkg::data_t),
    .Depth(dma_pkg::Slots)
  ) u_data (
    .clk_i,
    .rst_ni,
    .valid_i(data_push),
    .ready_o(data_space),
    .data_i(data_in),
    .valid_o(data_valid),
    .ready_i(data_pop),
    .data_o(data)
  );

  // Packet register.
  assign packet_ready = slip_valid && (!slip.has_data || data_valid);
  assign ready = !inject_valid_o || inject_ready_i;
  assign slip_pop = packet_ready && ready;
  assign data_pop = slip_pop && slip.has_data;
  assign lost = slip_pop && (slip.broken || (slip.has_data && data.uncorrectable != '0));

  always_ff @(posedge clk_i) begin
    if (!rst_ni) inject_valid_o <= 1'b0;
    else if (ready) inject_valid_o <= packet_ready;
  end

  always_ff @(posedge clk_i) begin
    if (slip_pop) inject_o <= {slip.header, slip.has_data ? data.payload : '0};
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) data_fault_valid_o <= 1'b0;
    else data_fault_valid_o <= lost;
  end

  always_ff @(posedge clk_i) begin
    if (lost) data_fault_o <= {slip.origin, slip.header.dst_die, slip.header.dst_y, slip.header.dst_x};
  end

  assign busy_o = check_busy || walker_busy || slip_valid || inject_valid_o || data_fault_valid_o;

  `TATAMI_ASSERT(DataSpace, !data_push || data_space)
  `TATAMI_ASSERT(OnePayload, !(data_valid_i && get_valid))
  `TATAMI_ASSERT_STREAM(Inject, inject_valid_o, inject_ready_i, inject_o)
endmodule : dma_context
