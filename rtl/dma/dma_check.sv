// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Decides whether a descriptor may run and makes it a job; drops it otherwise.
///
/// Latency: 3 cycles: sizes; distances to the last rows, and the room that rows have; the verdict. Throughput: 1 descriptor
/// per cycle; all stages move on together. Handshake: valid/ready on both sides. A faulty descriptor waits for
/// `fault_ready_i`; one that asks for nothing vanishes.
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

  /// How far the last row of a box lies behind the first, and how far it may.
  typedef struct packed {
    logic signed [47:0] low;   // from the first row to the last: steps times the lower half of the pitch,
    logic signed [47:0] high;  // and times the upper one
    logic signed [63:0] room;  // negative: not even the first fits
  } extent_t;

  function automatic extent_t extent_of(input logic signed [31:0] steps, input logic [31:0] pitch,
                                        input logic signed [63:0] room);
    extent_of.low = 48'(steps) * 48'($signed({1'b0, pitch[15:0]}));
    extent_of.high = 48'(steps) * 48'($signed(pitch[31:16]));
    extent_of.room = room;
  endfunction

  function automatic logic signed [63:0] room_for(input logic [30:0] offset, input logic signed [63:0] bytes,
                                                  input logic [19:0] die);
    return (limit_of(die) - 64'(offset)) - bytes;  // what comes last is known last
  endfunction

  /// Both the first and the last row lie in the memory; the rows between them then do, too.
  function automatic logic fits(input logic [30:0] first, input extent_t e);
    logic signed [63:0] span;
    span = 64'(e.low) + (64'(e.high) <<< 16);
    return e.room >= 64'sd0 && span <= e.room && span >= -$signed(64'(first));
  endfunction

  /// What of a box is read: rows, and bytes of each; not positive when the padding leaves nothing.
  typedef struct packed {
    logic signed [63:0] rows;
    logic signed [63:0] bytes;
  } inner_t;

  function automatic logic [16:0] padding_rows(input noc_pkg::descriptor_t d);
    return 17'(d.pad_top) + 17'(d.pad_bottom);
  endfunction

  function automatic inner_t inner_of(input noc_pkg::descriptor_t d);
    inner_of.rows = $signed(64'(d.rows)) - 64'(padding_rows(d));
    inner_of.bytes = $signed(64'(d.row_bytes)) - 64'(17'(d.pad_left) + 17'(d.pad_right));
  endfunction

  /// From the first row that is read to the last: rows - padding - 1, which is the single sum rows + ~padding.
  function automatic logic signed [31:0] steps_of(input noc_pkg::descriptor_t d);
    return $signed(d.rows) + ~32'(padding_rows(d));
  endfunction

  /// Pairs of entries in the table of a gather: one more than the rows that are read, halved.
  function automatic logic signed [32:0] pairs_of(input noc_pkg::descriptor_t d);
    return ($signed({1'b0, d.rows}) - $signed(33'(padding_rows(d))) + 33'sd1) >>> 1;
  endfunction

  logic [3:1] valid_q;
  logic advance, done;

  assign entry_ready_o = advance;
  assign advance = !valid_q[3] || done;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_q <= '0;
    else if (advance) valid_q <= {valid_q[2:1], entry_valid_i};
  end

  // Stage 1: how many rows and bytes.
  dma_pkg::entry_t [2:1] entry_q;
  inner_t inner;
  inner_t [2:1] inner_q;
  logic signed [32:0] pairs_q;  // of entries in a gather's table
  logic signed [31:0] dst_steps_q, src_steps_q;  // from the first row to the last: 31 bits say all (checked below)

  assign inner = inner_of(entry_i.descriptor);

  always_ff @(posedge clk_i) begin
    if (entry_valid_i && advance) begin
      entry_q[1] <= entry_i;
      inner_q[1] <= inner;
      pairs_q <= pairs_of(entry_i.descriptor);
      dst_steps_q <= $signed(entry_i.descriptor.rows) - 32'sd1;
      src_steps_q <= entry_i.descriptor.gather ? '0 : steps_of(entry_i.descriptor);
    end
  end

  // Stage 2: where.
  place_t dst, src, dst_q, src_q;
  extent_t dst_extent_q, src_extent_q;
  logic signed [63:0] table_room_q;

  assign dst = place_of(entry_q[1].descriptor.dst, id_i);
  assign src = place_of(entry_q[1].descriptor.src, id_i);

  always_ff @(posedge clk_i) begin
    if (valid_q[1] && advance) begin
      entry_q[2] <= entry_q[1];
      inner_q[2] <= inner_q[1];
      dst_q <= dst;
      src_q <= src;
      dst_extent_q <= extent_of(dst_steps_q, entry_q[1].descriptor.dst_pitch,
                                room_for(dst.offset, $signed(64'(entry_q[1].descriptor.row_bytes)), dst.node.die));
      src_extent_q <= extent_of(src_steps_q, entry_q[1].descriptor.src_pitch,
                                room_for(src.offset, inner_q[1].bytes, src.node.die));
      table_room_q <= room_for(entry_q[1].descriptor.index[30:0], 64'(pairs_q) <<< 3, src.node.die);
    end
  end

  // Stage 3: the verdict.
  noc_pkg::descriptor_t d;
  logic legal, is_empty, is_get, is_cast, uses_src, reads, legal_q, idle_q;
  noc_pkg::node_id_t dst_node_q;
  dma_pkg::job_t job, job_q;

  assign d = entry_q[2].descriptor;

  always_comb begin
    is_get = d.kind == noc_pkg::KindGet && !Remote;
    uses_src = d.kind != noc_pkg::KindZero;
    is_empty = d.rows == '0 || d.row_bytes == '0;
    is_cast = d.dst[63:60] == {1'b1, noc_pkg::RegionGroup} && dst_q.node.die != noc_pkg::HostDie && !is_get && !Remote;
    reads = uses_src && inner_q[2].rows > 64'sd0 && inner_q[2].bytes > 64'sd0;
    legal = !entry_q[2].broken && d.rows[31] == 1'b0;
    legal &= Remote ? d.kind == noc_pkg::KindGet :
                      d.kind == noc_pkg::KindPut || d.kind == noc_pkg::KindGet || d.kind == noc_pkg::KindZero;
    legal &= (d.dst[2:0] | d.row_bytes[2:0] | d.dst_pitch[2:0] | d.src_pitch[2:0]) == '0;
    legal &= !d.post || 32'(d.sem) < cfg_pkg::Semaphores;
    legal &= is_get ? dst_q.own : dst_q.legal || is_cast;
    legal &= is_empty || fits(dst_q.offset, dst_extent_q);
    if (uses_src) begin
      legal &= (d.src[2:0] | d.pad_left[2:0] | d.pad_right[2:0]) == '0;
      legal &= inner_q[2].rows >= 64'sd0 && inner_q[2].bytes >= 64'sd0;
      legal &= src_q.legal && (src_q.own || is_get);
      legal &= !reads || fits(src_q.offset, src_extent_q);
      legal &= !(reads && d.gather) || (d.index[2:0] == '0 && table_room_q >= 64'sd0);
    end
  end

  always_comb begin
    job = '0;
    job.is_get = is_get;
    job.is_empty = is_empty;
    job.is_read = reads && !is_get;
    job.is_gather = job.is_read && d.gather;
    job.cast = is_cast;
    job.node = is_get ? src_q.node : dst_q.node;
    job.dst = dst_q.offset[29:3];
    job.src = src_q.offset[sram_pkg::ByteAddrW-1:3] - sram_pkg::WordAddrW'(d.pad_left[15:3]);
    job.index = d.index[sram_pkg::ByteAddrW-1:3];
    job.room = sram_pkg::WordAddrW'(src_extent_q.room >>> 3);
    job.read_rows = job.is_read ? inner_q[2].rows[dma_pkg::RowsW-1:0] : '0;
    job.origin = entry_q[2].origin;
    job.descriptor = d;
    if (is_get) job.descriptor.dst = {1'b1, noc_pkg::RegionSram, id_i, dst_q.offset[29:0]};
  end

  always_ff @(posedge clk_i) begin
    if (valid_q[2] && advance) begin
      job_q <= job;
      legal_q <= legal;
      idle_q <= is_empty && !d.post;
      dst_node_q <= dst_q.node;
    end
  end

  assign job_valid_o = valid_q[3] && legal_q && !idle_q;
  assign job_o = job_q;
  assign fault_valid_o = valid_q[3] && !legal_q;
  assign fault_o = {job_q.origin, dst_node_q};
  assign done = legal_q ? idle_q || job_ready_i : fault_ready_i;
  assign busy_o = valid_q != '0;

  `TATAMI_ASSERT_STREAM(Job, job_valid_o, job_ready_i, job_o)
endmodule : dma_check
