// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The error code, for every word and every place of the errors: without one the word comes back; one wrong bit is
/// corrected and told; two are told, and the word is not called correct.
module secded_proof (
  input logic        clk_i,
  input logic        rst_ni,
  input logic [63:0] data_i,
  input logic [6:0]  first_i,  // places of the errors; from 72 on there is none
  input logic [6:0]  second_i
);
  localparam int unsigned Bits = $bits(secded_pkg::code_t);

  `TATAMI_FORMAL_RESET

  secded_pkg::code_t stored, read;
  secded_pkg::decoded_t decoded;
  logic [Bits-1:0] errors;
  logic [1:0] count;

  assign stored  = secded_pkg::encode(data_i);
  assign errors  = (Bits'(1) << first_i) | (Bits'(1) << second_i);
  assign count   = 2'(first_i < 7'(Bits)) + 2'(second_i < 7'(Bits) && second_i != first_i);
  assign read    = secded_pkg::code_t'(stored ^ errors);
  assign decoded = secded_pkg::decode(read);

  `TATAMI_ASSERT(DataStored, stored.data == data_i)
  `TATAMI_ASSERT(Clean, count != 2'd0 || decoded == {2'b00, data_i})
  `TATAMI_ASSERT(OneCorrected, count != 2'd1 || decoded == {2'b10, data_i})
  `TATAMI_ASSERT(TwoSeen, count != 2'd2 || (decoded.uncorrectable && !decoded.corrected))
  `TATAMI_COVER(CheckBit, count == 2'd1 && first_i >= 7'd64 && first_i < 7'd72)
  `TATAMI_COVER(Two, count == 2'd2)
endmodule : secded_proof
