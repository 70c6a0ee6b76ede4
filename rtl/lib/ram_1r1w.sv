// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A memory with one read and one write port: block RAM on an FPGA, a macro in standard cells.
///
/// A read in cycle t shows at `rdata_o` from t+1 until the next read; of a word that is written in the same cycle it gives
/// anything. No reset.
module ram_1r1w #(
  /// Bits of a word.
  parameter int unsigned Width = 8,
  /// Words, at least 2.
  parameter int unsigned Depth = 16,
  localparam int unsigned AddrW = $clog2(Depth)
) (
  input  logic             clk_i,
  input  logic             read_i,
  input  logic [AddrW-1:0] raddr_i,
  output logic [Width-1:0] rdata_o,
  input  logic             write_i,
  input  logic [AddrW-1:0] waddr_i,
  input  logic [Width-1:0] wdata_i
);
  logic [Width-1:0] mem[Depth];

  always_ff @(posedge clk_i) begin
    if (read_i) rdata_o <= write_i && raddr_i == waddr_i ? 'x : mem[raddr_i];
    if (write_i) mem[waddr_i] <= wdata_i;
  end
endmodule : ram_1r1w
