// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Whether a memory access is seen to be right from its operands alone, without a sum (address has them). Combinational.
///
/// `sure_o`: it lies in local SRAM and, if it is a vector's, on words. That is not found of gathers, of strides from 2 KiB on
/// and of what starts near an end of the SRAM: there `address` has to tell.
module early_bounds (
  input  isa_pkg::decoded_t dec_i,
  input  logic [63:0]       xs1_i,
  input  logic [63:0]       xs2_i,
  output logic              sure_o
);
  // Offsets and strides stay below Reach, whatever else an instruction touches below Extent.
  localparam int unsigned Reach = 2048;
  localparam int unsigned Extent = 256;
  localparam int unsigned ReachW = $clog2(Reach);

  /// As many bytes of the SRAM as have these behind them.
  function automatic logic [31:0] without(input int unsigned bytes);
    return (cfg_pkg::SramBytes > bytes) ? cfg_pkg::SramBytes - bytes : 32'd0;
  endfunction

  /// An access with this origin stays inside, in front as well when its offset is negative.
  function automatic logic stays(input logic [63:0] origin, input logic with_stride, input logic below);
    logic [63:0] distance;
    logic behind;
    distance = pipe_pkg::sram_offset(origin);
    behind   = distance[31:0] < (with_stride ? without(9 * Reach + Extent) : without(Reach + Extent));
    return distance[63:32] == '0 && behind && (!below || distance[31:0] >= Reach);
  endfunction

  function automatic logic off_words(input logic [63:0] x);
    return x[2:0] != '0;
  endfunction

  logic vec, simd, strided, gather, has_offset, below, near, here, aligned, short;

  assign vec        = pipe_pkg::is_vector(dec_i);
  assign simd       = dec_i.unit == isa_pkg::UnitSimd;
  assign strided    = pipe_pkg::is_strided(dec_i);
  assign gather     = pipe_pkg::is_gather(dec_i);
  assign has_offset = !simd && dec_i.unit != isa_pkg::UnitMatrix;
  assign below      = has_offset && dec_i.imm[63];
  assign near       = !has_offset || dec_i.imm[63:ReachW] == {(64 - ReachW) {dec_i.imm[63]}};
  assign here       = simd ? stays(xs2_i, strided, below) : stays(xs1_i, strided, below);
  assign aligned    = !off_words(simd ? xs2_i : xs1_i) && !(has_offset && off_words(dec_i.imm));
  assign short      = xs2_i[63:ReachW] == '0 && !off_words(xs2_i);
  assign sure_o     = here && near && !gather && (!vec || aligned) && (!strided || short);
endmodule : early_bounds
