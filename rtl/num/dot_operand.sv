// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Four codes of one format, unpacked for the matrix elements that share them (docs/numbers.md, "The matrix step").
///
/// Latency: one cycle; loads when `en_i` is high. `zero_i` makes four integer zeros of whatever comes.
module dot_operand (
  input  logic                          clk_i,
  input  logic                          en_i,
  input  logic                          zero_i,
  input  fmt_pkg::descriptor_t          descriptor_i,
  input  logic [dot_pkg::Terms-1:0][15:0] code_i,      // an 8-bit code in the low bits
  output dot_pkg::operand_t             operand_o
);
  always_ff @(posedge clk_i) begin
    if (en_i)
      operand_o <= zero_i ? '0 : dot_pkg::unpack(descriptor_i.kind, descriptor_i.bias, descriptor_i.gradual, code_i);
  end
endmodule : dot_operand
