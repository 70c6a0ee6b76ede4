// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Clock gate: the pulse of `clk_i` passes when `en_i` was high before the rising edge; no glitches.
///
/// The latch is transparent while the clock is low. Technology flows replace this file by name.
module clk_gate (
  input  logic clk_i,
  input  logic en_i,
  output logic clk_o
);
  logic en_q;

  always_latch begin
    if (!clk_i) en_q = en_i;
  end

  assign clk_o = clk_i && en_q;
endmodule : clk_gate
