// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The packets and reads of a job, against the description of a box: row by row from its first, eight words at a time,
/// each word read only in the part of the box that is not padding, at its own place, and all of it once. Jobs come one
/// after the other, with addresses and pitches of any value, fewer than 2^`RowsW` rows of fewer than 2^`WordsW` words.
///
/// That these places exist is what dma_check decides (check_proof).
module walker_proof #(
  parameter int unsigned RowsW = 2,
  parameter int unsigned WordsW = 4
) (
  input logic              clk_i,
  input logic              rst_ni,
  input noc_pkg::node_id_t id_i,
  input logic              job_valid_i,
  input dma_pkg::job_t     job_i,
  input logic              row_valid_i,
  input dma_pkg::row_t     row_i,
  input logic              read_ready_i,
  input logic              get_ready_i,
  input logic              slip_ready_i
);
  localparam int unsigned Words = sram_pkg::Words;
  localparam int unsigned BoxW = ((RowsW > WordsW) ? RowsW : WordsW) + 3;  // rows and words with room for sums

  typedef logic [BoxW-1:0] count_t;

  `TATAMI_FORMAL_RESET

  dma_pkg::job_t job, job_q;
  logic job_ready, gather, row_ready, read_valid, get_valid, slip_valid, busy;
  dma_pkg::read_t read;
  dma_pkg::slip_t slip;
  noc_pkg::descriptor_t get;

  // What dma_check hands on: counts that belong together.
  logic signed [31:0] read_rows, read_bytes;
  always_comb begin
    job = job_i;
    job.descriptor.rows = 32'(job_i.descriptor.rows[RowsW-1:0]);
    job.descriptor.row_bytes = 32'({job_i.descriptor.row_bytes[3+:WordsW], 3'b0});
    job.descriptor.pad_top = 16'(job_i.descriptor.pad_top[RowsW-1:0]);
    job.descriptor.pad_bottom = 16'(job_i.descriptor.pad_bottom[RowsW-1:0]);
    job.descriptor.pad_left = 16'({job_i.descriptor.pad_left[3+:WordsW], 3'b0});
    job.descriptor.pad_right = 16'({job_i.descriptor.pad_right[3+:WordsW], 3'b0});
    job.is_empty = job.descriptor.rows == '0 || job.descriptor.row_bytes == '0;
    read_rows = job.descriptor.rows - 32'(job.descriptor.pad_top) - 32'(job.descriptor.pad_bottom);
    read_bytes = job.descriptor.row_bytes - 32'(job.descriptor.pad_left) - 32'(job.descriptor.pad_right);
    job.is_read = job_i.is_read && !job_i.is_get && read_rows > 0 && read_bytes > 0;
    job.is_gather = job_i.is_gather && job.is_read;
    job.read_rows = job.is_read ? dma_pkg::RowsW'(read_rows) : '0;
  end

  dma_walker u_walker (
    .clk_i,
    .rst_ni,
    .id_i,
    .job_valid_i,
    .job_ready_o (job_ready),
    .job_i       (job),
    .gather_o    (gather),
    .row_valid_i,
    .row_ready_o (row_ready),
    .row_i,
    .read_valid_o(read_valid),
    .read_ready_i,
    .read_o      (read),
    .get_valid_o (get_valid),
    .get_ready_i,
    .get_o       (get),
    .slip_valid_o(slip_valid),
    .slip_ready_i,
    .slip_o      (slip),
    .busy_o      (busy)
  );

  // The place in the box.
  logic active_q;
  count_t row_q, column_q, rows, columns, top, bottom, left, right;
  dma_pkg::offset_t dst_q;  // of the row
  sram_pkg::word_addr_t src_q;
  logic inner, sends, ends_row, last;
  logic [Words-1:0] en;

  always_comb begin
    rows = count_t'(job_q.descriptor.rows[RowsW-1:0]);
    columns = count_t'(job_q.descriptor.row_bytes[3+:WordsW]);
    top = count_t'(job_q.descriptor.pad_top[RowsW-1:0]);
    bottom = count_t'(job_q.descriptor.pad_bottom[RowsW-1:0]);
    left = count_t'(job_q.descriptor.pad_left[3+:WordsW]);
    right = count_t'(job_q.descriptor.pad_right[3+:WordsW]);
    inner = job_q.is_read && row_q >= top && row_q + bottom < rows;
    for (int unsigned i = 0; i < Words; i++) begin
      en[i] = inner && column_q + count_t'(i) >= left && column_q + count_t'(i) + right < columns;
    end
    ends_row = column_q + count_t'(Words) >= columns;
    last = job_q.is_get || job_q.is_empty || (ends_row && row_q + 1'b1 == rows);
  end

  assign sends = slip_valid && slip_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else if (job_valid_i && job_ready) active_q <= 1'b1;
    else if (sends && last) active_q <= 1'b0;
    if (job_valid_i && job_ready) begin
      job_q <= job;
      row_q <= '0;
      column_q <= '0;
      dst_q <= job.dst;
      src_q <= job.src;
    end else if (sends) begin
      column_q <= ends_row ? '0 : column_q + count_t'(Words);
      if (ends_row) begin
        row_q <= row_q + 1'b1;
        dst_q <= dst_q + dma_pkg::offset_t'(job_q.descriptor.dst_pitch[29:3]);
        if (inner) src_q <= src_q + job_q.descriptor.src_pitch[3+:sram_pkg::WordAddrW];
      end
    end
  end

  // A row's place stays until it is taken.
  logic row_held_q;
  dma_pkg::row_t row_q_value;
  always_ff @(posedge clk_i) begin
    row_held_q <= rst_ni && row_valid_i && !row_ready;
    row_q_value <= row_i;
  end
  `TATAMI_ASSUME(RowStays, !row_held_q || (row_valid_i && row_i == row_q_value))

  // The slip of the packet that is next.
  dma_pkg::slip_t expected;
  logic broken;
  count_t words;

  always_comb begin
    broken = job_q.is_gather && inner && row_i.broken;
    words = (columns - column_q < count_t'(Words)) ? columns - column_q : count_t'(Words);
    expected = '0;
    expected.header.op = job_q.is_get ? noc_pkg::OpGet : noc_pkg::OpPut;
    expected.header.cast = job_q.cast;
    {expected.header.dst_die, expected.header.dst_y, expected.header.dst_x} = job_q.node;
    {expected.header.src_die, expected.header.src_y, expected.header.src_x} = id_i;
    expected.header.len = job_q.is_get ? 7'd64 : job_q.is_empty ? 7'd0 : 7'(words) << 3;
    if (!job_q.is_get) begin
      if (!job_q.is_empty) expected.header.addr = {dst_q + dma_pkg::offset_t'(column_q), 3'b0};
      expected.header.post = job_q.descriptor.post && last;
      expected.header.sem = job_q.descriptor.sem;
    end
    expected.has_data = job_q.is_get || (en != '0 && !broken);
    expected.broken = en != '0 && broken;
    expected.origin = job_q.origin;
  end

  sram_pkg::word_addr_t place;
  assign place = (job_q.is_gather ? row_i.src : src_q) + sram_pkg::word_addr_t'(column_q);

  `TATAMI_ASSERT(Active, busy == active_q && job_ready == (!active_q || (sends && last)))
  `TATAMI_ASSERT(SlipOfJob, !slip_valid || active_q)
  `TATAMI_ASSERT(Slip, !slip_valid || slip == expected)
  `TATAMI_ASSERT(Together, (read_valid && read_ready_i) == (sends && en != '0 && !broken))
  `TATAMI_ASSERT(ReadWords, !read_valid || read.en == en)
  `TATAMI_ASSERT(ReadPlace, !read_valid || read.addr == place)
  `TATAMI_ASSERT(WaitsForRow, !sends || !job_q.is_gather || !inner || row_valid_i)
  `TATAMI_ASSERT(RowTaken, row_ready == (sends && job_q.is_gather && inner && ends_row))
  `TATAMI_ASSERT(Begins, gather == (job_valid_i && job_ready && job.is_gather))
  `TATAMI_ASSERT(Get, get_valid == (slip_valid && job_q.is_get))
  `TATAMI_ASSERT(GetOfJob, !get_valid || (get_ready_i && get == job_q.descriptor))
  `TATAMI_COVER(LastOfBox, sends && last && row_q == count_t'(2) && column_q == count_t'(Words) && en == 8'b0001_1110)
  `TATAMI_COVER(BrokenRow, sends && slip.broken && row_q == count_t'(1))
  `TATAMI_COVER(Get, sends && job_q.is_get && get_valid)
endmodule : walker_proof
