// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A descriptor runs exactly when the rules of docs/memory.md allow it, and faults exactly when they do not: with fewer
/// than 2^`RowsW` rows, or 2^31 and more; fewer than 2^`RowsW` padding rows at the top and at the bottom; all other fields
/// free at their full widths. `Remote`: gets of other nodes, run here as puts.
///
/// Row by row, each row's place multiplied out for itself: so of a descriptor that runs no row leaves the memory.
module check_proof #(
  parameter bit Remote = 1'b0,
  parameter int unsigned RowsW = 2
) (
  input logic                 clk_i,
  input logic                 rst_ni,
  input noc_pkg::node_id_t    id_i,
  input logic                 broken_i,
  input noc_pkg::descriptor_t descriptor_i,
  input logic                 entry_valid_i,
  input logic                 job_ready_i,
  input logic                 fault_ready_i
);
  localparam int unsigned W = 48;  // positions and sizes, exact and signed

  typedef logic signed [W-1:0] number_t;

  `TATAMI_FORMAL_RESET

  dma_pkg::entry_t entry;
  dma_pkg::job_t job;
  dma_pkg::fault_t fault;
  logic entry_ready, job_valid, fault_valid;
  noc_pkg::node_id_t id_q;

  always_comb begin
    entry = '0;
    entry.broken = broken_i;
    entry.descriptor = descriptor_i;
    entry.descriptor.rows = {descriptor_i.rows[31], {31 - RowsW{1'b0}}, descriptor_i.rows[RowsW-1:0]};
    entry.descriptor.pad_top = 16'(descriptor_i.pad_top[RowsW-1:0]);
    entry.descriptor.pad_bottom = 16'(descriptor_i.pad_bottom[RowsW-1:0]);
  end

  dma_check #(
    .Remote(Remote)
  ) u_check (
    .clk_i,
    .rst_ni,
    .id_i,
    .entry_valid_i,
    .entry_ready_o(entry_ready),
    .entry_i      (entry),
    .job_valid_o  (job_valid),
    .job_ready_i,
    .job_o        (job),
    .fault_valid_o(fault_valid),
    .fault_ready_i,
    .fault_o      (fault),
    .busy_o       ()
  );

  // The descriptors in its three stages; the verdict is on the last.
  logic [3:1] held_q, broken_q;
  noc_pkg::descriptor_t [3:1] descriptor_q;
  noc_pkg::descriptor_t d;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) held_q <= '0;
    else if (entry_ready) held_q <= {held_q[2:1], entry_valid_i};
    if (entry_ready) begin
      descriptor_q <= {descriptor_q[2:1], entry.descriptor};
      broken_q <= {broken_q[2:1], broken_i};
    end
    id_q <= id_i;
  end

  assign d = descriptor_q[3];

  `TATAMI_ASSUME(SameNode, held_q == '0 || id_i == id_q)

  function automatic logic aligned(input logic [63:0] x);
    return (x & 64'd7) == '0;
  endfunction

  function automatic logic is_local(input logic [63:0] addr);
    return addr < 64'h1_0000_0000;
  endfunction

  function automatic logic in_region(input logic [63:0] addr, input logic [2:0] region);
    return addr[63] && addr[62:60] == region;
  endfunction

  function automatic logic elsewhere(input logic [63:0] addr, input noc_pkg::node_id_t here);
    return addr[63] && addr[59:30] != {here.die, here.y, here.x};
  endfunction

  function automatic number_t offset(input logic [63:0] addr);
    return addr[63] ? number_t'({1'b0, addr[29:0]}) : number_t'({1'b0, addr[30:0]});
  endfunction

  function automatic logic on_host(input logic [63:0] addr, input noc_pkg::node_id_t here);
    return (addr[63] ? addr[59:40] : here.die) == noc_pkg::HostDie;
  endfunction

  function automatic number_t size_of(input logic host);
    return host ? number_t'(1) << 30 : number_t'(cfg_pkg::SramBytes);
  endfunction

  function automatic logic outside(input number_t from, input number_t bytes, input number_t size);
    return from < 0 || from + bytes > size;
  endfunction

  // The rules, in the order of the page.
  logic put, get, zero, data, reads, gathers, group;
  logic misaligned, unknown, misplaced, leaves, padded, table_wrong, illegal;
  number_t bytes, read_rows, read_bytes, dst_size, src_size, table_bytes, room;

  always_comb begin
    put        = d.kind == 4'd0;
    get        = d.kind == 4'd1;
    zero       = d.kind == 4'd2;
    group      = in_region(d.dst, noc_pkg::RegionGroup) && !on_host(d.dst, id_i) && (put || zero) && !Remote;
    bytes      = number_t'({1'b0, d.row_bytes});
    data       = d.rows != '0 && d.row_bytes != '0;
    read_rows  = number_t'({1'b0, d.rows}) - number_t'({1'b0, d.pad_top}) - number_t'({1'b0, d.pad_bottom});
    read_bytes = bytes - number_t'({1'b0, d.pad_left}) - number_t'({1'b0, d.pad_right});
    reads      = !zero && read_rows > 0 && read_bytes > 0;
    gathers    = reads && d.gather;
    dst_size   = size_of(on_host(d.dst, id_i));
    src_size   = size_of(on_host(d.src, id_i));

    misaligned = !aligned(d.dst) || (!zero && !aligned(d.src)) || !aligned(64'(d.row_bytes)) ||
                 !aligned(64'(d.dst_pitch)) || !aligned(64'(d.src_pitch));
    unknown    = !(Remote ? get : put || get || zero) || (d.post && int'(d.sem) >= cfg_pkg::Semaphores) || d.rows[31];
    misplaced  = !(is_local(d.dst) || in_region(d.dst, noc_pkg::RegionSram) || group) ||
                 (!zero && !(is_local(d.src) || in_region(d.src, noc_pkg::RegionSram)));
    // Here, gets of others run as puts.
    if ((put || Remote) && elsewhere(d.src, id_i)) misplaced = 1'b1;
    if (get && !Remote && elsewhere(d.dst, id_i)) misplaced = 1'b1;

    leaves = 1'b0;
    for (int unsigned i = 0; i < 2 ** RowsW - 1; i++) begin
      if (data && i < d.rows && outside(
              offset(d.dst) + number_t'(i) * number_t'($signed(d.dst_pitch)), bytes, dst_size
          )) begin
        leaves = 1'b1;
      end
      if (reads && !gathers && number_t'(i) < read_rows && outside(
              offset(d.src) + number_t'(i) * number_t'($signed(d.src_pitch)), read_bytes, src_size
          )) begin
        leaves = 1'b1;
      end
    end

    padded      = !zero && (read_rows < 0 || read_bytes < 0 || !aligned(64'(d.pad_left)) || !aligned(64'(d.pad_right)));
    table_bytes = read_rows[0] ? 4 * read_rows + 4 : 4 * read_rows;
    table_wrong = !aligned(64'(d.index)) || outside(offset(64'(d.index)), table_bytes, src_size) ||
                  outside(offset(d.src), read_bytes, src_size);
    illegal     = misaligned || unknown || misplaced || leaves || padded || (gathers && table_wrong) || broken_q[3];
    // The largest offset of the table; the host has no engine.
    room        = src_size - read_bytes - offset(d.src);
  end

  `TATAMI_ASSERT(Faults, fault_valid == (held_q[3] && illegal))
  `TATAMI_ASSERT(Blames, !fault_valid || fault.node == (d.dst[63] ? d.dst[59:30] : id_i))
  `TATAMI_ASSERT(Runs, job_valid == (held_q[3] && !illegal && (data || d.post)))
  `TATAMI_ASSERT(Reads, !job_valid || job.is_read == (reads && (put || Remote)))
  `TATAMI_ASSERT(SendsBack, !job_valid || job.is_get == (get && !Remote))
  `TATAMI_ASSERT(
      Room, !job_valid || !job.is_gather || id_i.die == noc_pkg::HostDie || number_t'({1'b0, job.room, 3'b0}) == room)
  `TATAMI_COVER(RunsAll, job_valid && job.is_read && d.rows == 32'd3 && d.dst_pitch[31])
  `TATAMI_COVER(
      LastRowOut,
      held_q[3] && leaves && d.rows == 32'd3 && !misaligned && !unknown && !misplaced && !padded && !broken_q[3])
endmodule : check_proof
