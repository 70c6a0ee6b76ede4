// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Walks the rows of a job and issues its packets: the slip of each, and the read that fetches its payload.
///
/// Latency: 1 cycle. Throughput: 1 packet per cycle, also from one job to the next.
/// Handshake: valid/ready. `read_valid_o` and `slip_valid_o` fire together or not at all; `slip_ready_i` must not
/// depend on `slip_valid_o`. A get is issued only when `get_ready_i` says that its payload can be stored at once.
module dma_walker #(
  /// Traffic class of the packets.
  parameter noc_pkg::class_e Class = noc_pkg::Request
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  noc_pkg::node_id_t    id_i,
  input  logic                 job_valid_i,
  output logic                 job_ready_o,
  input  dma_pkg::job_t        job_i,
  // payload reads
  output logic                 read_valid_o,
  input  logic                 read_ready_i,
  output dma_pkg::read_t       read_o,
  // payloads of gets
  output logic                 get_valid_o,
  input  logic                 get_ready_i,
  output noc_pkg::descriptor_t get_o,
  // packets
  output logic                 slip_valid_o,
  input  logic                 slip_ready_i,
  output dma_pkg::slip_t       slip_o,
  output logic                 busy_o
);
  localparam int unsigned LeftW = dma_pkg::OffsetW + 1;
  localparam int unsigned AddrW = sram_pkg::WordAddrW;

  logic active_q;
  dma_pkg::job_t job_q;  // its dst and src move on with the rows
  dma_pkg::offset_t dst_q, dst_next;  // of the packet, of the next row
  sram_pkg::word_addr_t src_q, src_next;
  logic [LeftW-1:0] left_q;
  logic [dma_pkg::RowsW-1:0] rows_q;
  logic [3:0] words;
  logic row_end, last, step, load;

  assign words = (left_q >= LeftW'(sram_pkg::Words)) ? 4'(sram_pkg::Words) : left_q[3:0];
  assign row_end = left_q <= LeftW'(sram_pkg::Words);
  assign last = job_q.is_get || job_q.is_empty || (row_end && rows_q == dma_pkg::RowsW'(1));

  assign read_valid_o = active_q && job_q.is_read && slip_ready_i;
  assign get_valid_o = slip_valid_o && job_q.is_get;
  assign slip_valid_o = active_q && (!job_q.is_read || read_ready_i) && (!job_q.is_get || get_ready_i);
  assign step = slip_valid_o && slip_ready_i;
  assign job_ready_o = !active_q || (step && last);
  assign load = job_valid_i && job_ready_o;
  assign busy_o = active_q;

  assign dst_next = job_q.dst + dma_pkg::offset_t'(job_q.descriptor.dst_pitch[29:3]);
  assign src_next = job_q.src + job_q.descriptor.src_pitch[3+:AddrW];

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else if (job_ready_o) active_q <= job_valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (load) begin
      job_q <= job_i;
      dst_q <= job_i.dst;
      src_q <= job_i.src;
      left_q <= job_i.descriptor.row_bytes[3+:LeftW];
      rows_q <= job_i.descriptor.rows[dma_pkg::RowsW-1:0];
    end else if (step) begin
      if (row_end) begin
        dst_q <= dst_next;
        job_q.dst <= dst_next;
        src_q <= src_next;
        job_q.src <= src_next;
        left_q <= job_q.descriptor.row_bytes[3+:LeftW];
        rows_q <= rows_q - 1'b1;
      end else begin
        dst_q <= dst_q + dma_pkg::offset_t'(sram_pkg::Words);
        src_q <= src_q + AddrW'(sram_pkg::Words);
        left_q <= left_q - LeftW'(sram_pkg::Words);
      end
    end
  end

  assign read_o.addr = src_q;
  assign read_o.words = words;
  assign get_o = job_q.descriptor;

  always_comb begin
    slip_o = '0;
    if (active_q) begin
      slip_o.header.cls = Class;
      slip_o.header.op = job_q.is_get ? noc_pkg::OpGet : noc_pkg::OpPut;
      slip_o.header.dst_die = job_q.node.die;
      slip_o.header.dst_y = job_q.node.y;
      slip_o.header.dst_x = job_q.node.x;
      slip_o.header.src_die = id_i.die;
      slip_o.header.src_y = id_i.y;
      slip_o.header.src_x = id_i.x;
      if (job_q.is_get) begin
        slip_o.header.len = 7'(noc_pkg::PayloadBytes);
      end else begin
        slip_o.header.addr = job_q.is_empty ? '0 : {dst_q, 3'b0};
        slip_o.header.len = job_q.is_empty ? '0 : {words, 3'b0};
        slip_o.header.post = job_q.descriptor.post && last;
        slip_o.header.sem = job_q.descriptor.sem;
      end
      slip_o.has_data = job_q.is_read || job_q.is_get;
      slip_o.origin = job_q.origin;
    end
  end

  `TATAMI_ASSERT(RowsLeft, !active_q || job_q.is_empty || job_q.is_get || (rows_q != '0 && left_q != '0))
endmodule : dma_walker
