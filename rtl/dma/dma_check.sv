// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Decides whether a descriptor may run and makes it a job; drops it otherwise.
///
/// Latency: 1 cycle (the distances to the last rows are multiplied out in the first). Throughput: 1 descriptor per cycle.
/// Handshake: valid/ready on both sides. A faulty descriptor waits for `fault_ready_i`; one that asks for nothing
/// vanishes.
/// Errors, each raising `fault_valid_o` once: see docs/memory.md, transfer descriptors.
module dma_check #(
  /// Gets of other nodes (kind get, run here as puts) rather than own lists.
  parameter bit Remote = 1'b0
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  noc_pkg::node_id_t    id_i,
  input  logic                 entry_valid_i,
  output logic                 entry_ready_o,
  input  dma_pkg::entry_t      entry_i,
  output logic                 job_valid_o,
  input  logic                 job_ready_i,
  output dma_pkg::job_t        job_o,
  output logic                 fault_valid_o,
  input  logic                 fault_ready_i,
  output dma_pkg::fault_t      fault_o,
  output logic                 busy_o
);
  localparam logic signed [63:0] SramLimit = 64'(cfg_pkg::SramBytes);
  localparam logic signed [63:0] HostLimit = 64'h4000_0000;

  /// An address taken apart.
  typedef struct packed {
    logic legal;  // local, or global in SRAM
    logic own;    // of this node
    noc_pkg::node_id_t node;
    logic [30:0] offset;
  } place_t;

  function automatic place_t place_of(input logic [63:0] addr, input noc_pkg::node_id_t id);
    noc_pkg::address_t a;
    place_t p;
    a = noc_pkg::address_t'(addr);
    if (a.is_global) begin
      p.legal = a.region == noc_pkg::RegionSram;
      p.node = {a.die, a.y, a.x};
      p.offset = {1'b0, a.offset};
    end else begin
      p.legal = addr[62:32] == '0;  // bit 31 is the alias
      p.node = id;
      p.offset = addr[30:0];
    end
    p.own = p.legal && p.node == id;
    return p;
  endfunction

  /// Bytes that a node has: all nodes are alike, and the host fills the offset field.
  function automatic logic signed [63:0] limit_of(input logic [19:0] die);
    return (die == noc_pkg::HostDie) ? HostLimit : SramLimit;
  endfunction

  /// Both the first and the last row lie below the limit; the rows between them then do, too.
  function automatic logic fits(input logic [30:0] offset, input logic signed [63:0] span,
                                input logic signed [63:0] row_bytes, input logic signed [63:0] limit);
    logic signed [63:0] first, last, room;
    first = 64'(offset);
    last = first + span;
    room = limit - row_bytes;
    return first <= room && last >= 64'sd0 && last <= room;
  endfunction

  /// What of a box is read: rows, and bytes of each; not positive when the padding leaves nothing.
  typedef struct packed {
    logic signed [63:0] rows;
    logic signed [63:0] bytes;
  } inner_t;

  function automatic inner_t inner_of(input noc_pkg::descriptor_t d);
    inner_of.rows = $signed(64'(d.rows)) - 64'(17'(d.pad_top) + 17'(d.pad_bottom));
    inner_of.bytes = $signed(64'(d.row_bytes)) - 64'(17'(d.pad_left) + 17'(d.pad_right));
  endfunction

  logic valid_q;
  dma_pkg::entry_t entry_q;
  logic signed [63:0] steps, dst_span_q, src_span_q, src_limit, room;
  inner_t inner, inner_q;
  logic done, legal, idle_job, is_empty, is_get, is_cast, uses_src, reads;
  noc_pkg::descriptor_t d;
  place_t dst, src;

  assign entry_ready_o = !valid_q || done;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_q <= 1'b0;
    else if (entry_ready_o) valid_q <= entry_valid_i;
  end

  // The number of rows fits 31 bits (checked below), so the products fit.
  assign steps = $signed(64'(entry_i.descriptor.rows)) - 64'sd1;
  assign inner = inner_of(entry_i.descriptor);

  always_ff @(posedge clk_i) begin
    if (entry_valid_i && entry_ready_o) begin
      entry_q <= entry_i;
      dst_span_q <= steps * 64'($signed(entry_i.descriptor.dst_pitch));
      src_span_q <= entry_i.descriptor.gather ? '0 : (inner.rows - 64'sd1) * 64'($signed(entry_i.descriptor.src_pitch));
      inner_q <= inner;
    end
  end

  assign d = entry_q.descriptor;

  always_comb begin
    dst = '0;
    src = '0;
    legal = 1'b0;
    is_empty = 1'b0;
    is_get = 1'b0;
    is_cast = 1'b0;
    uses_src = 1'b0;
    reads = 1'b0;
    src_limit = '0;
    room = '0;
    if (valid_q) begin
      is_get = d.kind == noc_pkg::KindGet && !Remote;
      uses_src = d.kind != noc_pkg::KindZero;
      is_empty = d.rows == '0 || d.row_bytes == '0;
      dst = place_of(d.dst, id_i);
      is_cast = d.dst[63:60] == {1'b1, noc_pkg::RegionGroup} && dst.node.die != noc_pkg::HostDie && !is_get && !Remote;
      src = place_of(d.src, id_i);
      legal = !entry_q.broken && d.rows[31] == 1'b0;
      legal &= Remote ? d.kind == noc_pkg::KindGet :
                        d.kind == noc_pkg::KindPut || d.kind == noc_pkg::KindGet || d.kind == noc_pkg::KindZero;
      legal &= (d.dst[2:0] | d.row_bytes[2:0] | d.dst_pitch[2:0] | d.src_pitch[2:0]) == '0;
      legal &= !d.post || 32'(d.sem) < cfg_pkg::Semaphores;
      legal &= is_get ? dst.own : dst.legal || is_cast;
      legal &= is_empty || fits(dst.offset, dst_span_q, $signed(64'(d.row_bytes)), limit_of(dst.node.die));
      if (uses_src) begin
        legal &= (d.src[2:0] | d.pad_left[2:0] | d.pad_right[2:0]) == '0;
        legal &= inner_q.rows >= 64'sd0 && inner_q.bytes >= 64'sd0;
        legal &= src.legal && (src.own || is_get);
        reads = inner_q.rows > 64'sd0 && inner_q.bytes > 64'sd0;
        src_limit = limit_of(src.node.die);
        room = src_limit - inner_q.bytes - 64'(src.offset);
        legal &= !reads || fits(src.offset, src_span_q, inner_q.bytes, src_limit);
        legal &= !reads || !d.gather || (d.index[2:0] == '0 && fits(
            d.index[30:0], '0, (inner_q.rows + 64'sd1) >>> 1 << 3, src_limit
        ));
      end
    end
  end

  assign idle_job = is_empty && !d.post;
  assign fault_valid_o = valid_q && !legal;
  assign fault_o = {entry_q.origin, dst.node};
  assign job_valid_o = valid_q && legal && !idle_job;
  assign done = legal ? idle_job || job_ready_i : fault_ready_i;
  assign busy_o = valid_q;

  always_comb begin
    job_o = '0;
    if (job_valid_o) begin
      job_o.is_get = is_get;
      job_o.is_empty = is_empty;
      job_o.is_read = reads && !is_get;
      job_o.is_gather = job_o.is_read && d.gather;
      job_o.cast = is_cast;
      job_o.node = is_get ? src.node : dst.node;
      job_o.dst = dst.offset[29:3];
      job_o.src = src.offset[sram_pkg::ByteAddrW-1:3] - sram_pkg::WordAddrW'(d.pad_left[15:3]);
      job_o.index = d.index[sram_pkg::ByteAddrW-1:3];
      job_o.room = sram_pkg::WordAddrW'(room >>> 3);
      job_o.read_rows = job_o.is_read ? inner_q.rows[dma_pkg::RowsW-1:0] : '0;
      job_o.origin = entry_q.origin;
      job_o.descriptor = d;
      if (is_get) job_o.descriptor.dst = {1'b1, noc_pkg::RegionSram, id_i, dst.offset[29:0]};
    end
  end

  `TATAMI_ASSERT_STREAM(Job, job_valid_o, job_ready_i, job_o)
endmodule : dma_check
