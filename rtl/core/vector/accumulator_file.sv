// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The accumulator tiles of all threads: Threads x Accumulators tiles of MatrixRows x MatrixCols FP32 numbers,
/// row-major.
///
/// Two read ports and one write port, each one whole tile per cycle, without conflicts. The read of a step may have one
/// part replaced, which is how software loads accumulators. Read data is registered and
/// belongs to the cycle after the request; a write is seen by reads from the next cycle on.
module accumulator_file #(
  /// Tiles in all.
  parameter int unsigned Tiles = cfg_pkg::Threads * cfg_pkg::Accumulators,
  /// Bits of a tile.
  parameter int unsigned TileW = cfg_pkg::MatrixRows * cfg_pkg::MatrixCols * 32,
  /// Bits of a tile that are read out at once.
  parameter int unsigned PairW = 2 * cfg_pkg::SimdWidth,
  localparam int unsigned PartW    = cfg_pkg::SimdWidth,  // those that are replaced at once
  localparam int unsigned AddressW = Tiles > 1 ? $clog2(Tiles) : 1,
  localparam int unsigned PairIdW  = TileW > PairW ? $clog2(TileW / PairW) : 1,
  localparam int unsigned PartIdW  = TileW > PartW ? $clog2(TileW / PartW) : 1
) (
  input  logic                clk_i,
  // A step's accumulators; `step_clear_i` reads +0 instead.
  input  logic                step_en_i,
  input  logic                step_clear_i,
  input  logic [AddressW-1:0] step_address_i,
  input  logic                step_replace_i,
  input  logic [PartIdW-1:0]  step_part_i,
  input  logic [PartW-1:0]    step_data_i,
  output logic [TileW-1:0]    step_tile_o,
  // A step's results.
  input  logic                write_en_i,
  input  logic [AddressW-1:0] write_address_i,
  input  logic [TileW-1:0]    write_tile_i,
  // Read-out of two parts.
  input  logic                read_en_i,
  input  logic [AddressW-1:0] read_address_i,
  input  logic [PairIdW-1:0]  read_pair_i,
  output logic [PairW-1:0]    read_data_o
);
  logic [TileW-1:0] tile_q[Tiles];
  logic [TileW-1:0] step_tile_q;
  logic [PairW-1:0] read_data_q;

  always_ff @(posedge clk_i) begin
    if (write_en_i) tile_q[write_address_i] <= write_tile_i;
    if (step_en_i) begin
      step_tile_q <= step_clear_i ? '0 : tile_q[step_address_i];
      if (step_replace_i) step_tile_q[PartW*step_part_i+:PartW] <= step_data_i;
    end
    if (read_en_i) read_data_q <= tile_q[read_address_i][PairW*read_pair_i+:PairW];
  end

  assign step_tile_o = step_tile_q;
  assign read_data_o = read_data_q;
endmodule : accumulator_file
