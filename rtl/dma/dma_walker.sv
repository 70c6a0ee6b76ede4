// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Walks the rows of a job and issues its packets: the slip of each, and the read that fetches its payload.
///
/// Latency: 1 cycle. Throughput: 1 packet per cycle, also from one job to the next. A packet that is all padding takes no
/// read. A gather waits for each row's place.
/// Handshake: valid/ready. `read_valid_o` and `slip_valid_o` fire together or not at all; `slip_ready_i` must not
/// depend on `slip_valid_o`. A get is issued only when `get_ready_i` says that its payload can be stored at once.
/// `gather_o` is a pulse: `job_i` is a gather and begins. A row is taken with its last packet.
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
  // rows of a gather
  output logic                 gather_o,
  input  logic                 row_valid_i,
  output logic                 row_ready_o,
  input  dma_pkg::row_t        row_i,
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
  localparam int unsigned Words = sram_pkg::Words;
  localparam int unsigned LeftW = dma_pkg::OffsetW + 1;
  localparam int unsigned AddrW = sram_pkg::WordAddrW;
  localparam int unsigned PadW = 13;  // of a row, in words

  typedef logic [LeftW-1:0] left_t;
  typedef logic [PadW-1:0] pad_t;

  /// Words of a row, counted from the packet on: to its end, to the end of what is read, and of padding on the left.
  typedef struct packed {
    left_t left;
    left_t read;
    pad_t skip;
  } span_t;

  function automatic span_t span_of(input noc_pkg::descriptor_t d);
    span_of.left = d.row_bytes[3+:LeftW];
    span_of.read = d.row_bytes[3+:LeftW] - left_t'(d.pad_right[3+:PadW]);
    span_of.skip = d.pad_left[3+:PadW];
  endfunction

  logic active_q;
  dma_pkg::job_t job_q;  // its dst, src and read_rows move on with the rows
  dma_pkg::offset_t dst_q, dst_next;  // of the packet, of the next row
  sram_pkg::word_addr_t src_q, src;
  span_t span_q;
  logic [dma_pkg::RowsW-1:0] rows_q;
  logic [15:0] pad_rows_q;  // at the top
  logic row_start_q;
  logic [3:0] words;
  logic [Words-1:0] en;
  logic row_end, row_read, row_broken, last, reads, step, load;

  assign words = (span_q.left >= left_t'(Words)) ? 4'(Words) : span_q.left[3:0];
  assign row_end = span_q.left <= left_t'(Words);
  assign last = job_q.is_get || job_q.is_empty || (row_end && rows_q == dma_pkg::RowsW'(1));
  assign row_read = job_q.is_read && pad_rows_q == '0 && job_q.read_rows != '0;
  assign row_broken = job_q.is_gather && row_i.broken;

  always_comb begin
    for (int unsigned i = 0; i < Words; i++) begin
      en[i] = row_read && left_t'(i) < span_q.read && pad_t'(i) >= span_q.skip;
    end
  end

  assign reads = en != '0 && !row_broken;
  assign read_valid_o = active_q && reads && slip_ready_i && !(job_q.is_gather && !row_valid_i);
  assign get_valid_o = slip_valid_o && job_q.is_get;
  assign slip_valid_o = active_q && (!reads || read_ready_i) && (!job_q.is_get || get_ready_i) &&
                        !(job_q.is_gather && row_read && !row_valid_i);
  assign step = slip_valid_o && slip_ready_i;
  assign job_ready_o = !active_q || (step && last);
  assign load = job_valid_i && job_ready_o;
  assign gather_o = load && job_i.is_gather;
  assign row_ready_o = step && row_end && job_q.is_gather && row_read;
  assign busy_o = active_q;

  assign dst_next = job_q.dst + dma_pkg::offset_t'(job_q.descriptor.dst_pitch[29:3]);

  always_comb begin
    src = src_q;
    if (row_start_q) src = job_q.is_gather ? row_i.src : job_q.src;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else if (job_ready_o) active_q <= job_valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (load) begin
      job_q <= job_i;
      dst_q <= job_i.dst;
      span_q <= span_of(job_i.descriptor);
      rows_q <= job_i.descriptor.rows[dma_pkg::RowsW-1:0];
      pad_rows_q <= job_i.descriptor.pad_top;
      row_start_q <= 1'b1;
    end else if (step) begin
      row_start_q <= row_end;
      src_q <= src + AddrW'(Words);
      if (row_end) begin
        dst_q <= dst_next;
        job_q.dst <= dst_next;
        span_q <= span_of(job_q.descriptor);
        rows_q <= rows_q - 1'b1;
        if (pad_rows_q != '0) begin
          pad_rows_q <= pad_rows_q - 1'b1;
        end else if (row_read) begin
          job_q.src   <= job_q.src + job_q.descriptor.src_pitch[3+:AddrW];
          job_q.read_rows <= job_q.read_rows - 1'b1;
        end
      end else begin
        dst_q <= dst_q + dma_pkg::offset_t'(Words);
        span_q.left <= span_q.left - left_t'(Words);
        span_q.read <= (span_q.read > left_t'(Words)) ? span_q.read - left_t'(Words) : '0;
        span_q.skip <= (span_q.skip > pad_t'(Words)) ? span_q.skip - pad_t'(Words) : '0;
      end
    end
  end

  assign read_o.addr = src;
  assign read_o.en = en;
  assign get_o = job_q.descriptor;

  always_comb begin
    slip_o = '0;
    if (active_q) begin
      slip_o.header.cls = Class;
      slip_o.header.op = job_q.is_get ? noc_pkg::OpGet : noc_pkg::OpPut;
      slip_o.header.cast = job_q.cast;
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
      slip_o.has_data = reads || job_q.is_get;
      slip_o.broken = en != '0 && row_broken;
      slip_o.origin = job_q.origin;
    end
  end

  `TATAMI_ASSERT(RowsLeft, !active_q || job_q.is_empty || job_q.is_get || (rows_q != '0 && span_q.left != '0))
endmodule : dma_walker
