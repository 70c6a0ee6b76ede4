// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Finishes a partial write in one column for one write port: corrects the word read, merges the new bytes, writes
/// back. Or inverts stored bits: those of `data_i` and, of the check bits, those of `strb_i`.
///
/// Cycle 0: `start_i`, the macro reads. Cycle 1: correct and merge. Cycle 2: encode and write back (`wb_valid_o`). The
/// bank is locked in cycles 1 and 2, so the whole looks like one access at cycle 0. Throughput: 1 per cycle to
/// different banks.
/// Errors: a word with an uncorrectable error stays uncorrectable, because its merged word is stored with two wrong
/// check bits. What was met shows in cycle 2, with `wb_slot_o`; inverting meets nothing.
module sram_rmw (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  // a partial write was granted
  input  logic                           start_i,
  input  sram_map_pkg::slot_t            slot_i,
  input  secded_pkg::data_t              data_i,
  input  logic [sram_pkg::WordBytes-1:0] strb_i,
  input  logic                           flip_i,
  // cycle 1: the word that was read
  output logic                           merge_valid_o,
  output sram_map_pkg::slot_t            merge_slot_o,
  input  secded_pkg::code_t              code_i,
  // cycle 2
  output logic                           fixed_o,
  output logic                           lost_o,
  output logic                           wb_valid_o,
  output sram_map_pkg::slot_t            wb_slot_o,
  output secded_pkg::code_t              wb_code_o
);
  localparam secded_pkg::check_t Poison = 8'h03;

  logic merge_valid_q, wb_valid_q, flip_q, fixed, lost;
  secded_pkg::check_t wb_error_q;  // inverted check bits
  sram_map_pkg::slot_t merge_slot_q, wb_slot_q;
  secded_pkg::data_t data_q, wb_data_q;
  logic [sram_pkg::WordBytes-1:0] strb_q;
  secded_pkg::decoded_t old;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      merge_valid_q <= 1'b0;
      wb_valid_q    <= 1'b0;
    end else begin
      merge_valid_q <= start_i;
      wb_valid_q    <= merge_valid_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      merge_slot_q <= slot_i;
      data_q <= data_i;
      strb_q <= strb_i;
      flip_q <= flip_i;
    end
  end

  always_comb begin
    old = '0;
    if (merge_valid_q) old = secded_pkg::decode(code_i);
  end

  assign fixed = old.corrected && !flip_q;
  assign lost  = old.uncorrectable && !flip_q;

  always_ff @(posedge clk_i) begin
    fixed_o <= rst_ni && fixed;
    lost_o  <= rst_ni && lost;
  end

  always_ff @(posedge clk_i) begin
    if (merge_valid_q) begin
      wb_slot_q <= merge_slot_q;
      if (flip_q) begin
        wb_error_q <= secded_pkg::checks(code_i.data ^ data_q) ^ code_i.check ^ strb_q;
        wb_data_q  <= code_i.data ^ data_q;
      end else begin
        wb_error_q <= lost ? Poison : '0;
        for (int unsigned b = 0; b < sram_pkg::WordBytes; b++)
        wb_data_q[8*b+:8] <= strb_q[b] ? data_q[8*b+:8] : old.data[8*b+:8];
      end
    end
  end

  always_comb begin
    wb_code_o = '0;
    if (wb_valid_q) wb_code_o = secded_pkg::encode(wb_data_q) ^ {wb_error_q, 64'h0};
  end

  assign merge_valid_o = merge_valid_q;
  assign merge_slot_o = merge_slot_q;
  assign wb_valid_o = wb_valid_q;
  assign wb_slot_o = wb_slot_q;
endmodule : sram_rmw
