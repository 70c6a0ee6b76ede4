// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of FP32 to any format (docs/numbers.md, "Rounding"): to nearest even, or stochastically by `random_i`.
///
/// Latency: 5 cycles; `random_i` is read in the last: both neighbours have become codes by then. Stage s loads when
/// `en_i[s]` is high. The descriptor must be legal. `code_o` holds the code in its low bits, and zeros above.
module narrow (
  input  logic                 clk_i,
  input  logic [4:0]           en_i,
  input  fmt_pkg::descriptor_t descriptor_i,
  input  logic [31:0]          fp32_i,
  input  logic [23:0]          random_i,
  output logic [31:0]          code_o,
  output flag_pkg::flags_t     flags_o
);
  /// What is left to choose.
  typedef struct packed {
    flag_pkg::flagged_t low;
    flag_pkg::flagged_t high;
    logic hole;
    logic [4:0] frac_bits;
    logic signed [narrow_pkg::LimitW-1:0] last;
  } choice_t;

  narrow_pkg::scaled_t scaled_q;
  narrow_pkg::aligned_t aligned_q;
  narrow_pkg::neighbours_t n_q;
  choice_t choice_q;
  logic upper;

  assign upper = narrow_pkg::takes_upper(choice_q.last, choice_q.hole, choice_q.frac_bits, random_i);

  always_ff @(posedge clk_i) begin
    if (en_i[0]) scaled_q <= narrow_pkg::scaled(descriptor_i, fp32_i);
    if (en_i[1]) aligned_q <= narrow_pkg::aligned(scaled_q);
    if (en_i[2]) n_q <= narrow_pkg::neighbours(aligned_q);
    if (en_i[3]) begin
      choice_q <= '{
          low: narrow_pkg::code(n_q.kind, n_q.underflow, n_q.low),
          high: narrow_pkg::code(n_q.kind, n_q.underflow, n_q.high),
          hole: n_q.hole,
          frac_bits: fmt_pkg::frac_bits(n_q.kind.descriptor.kind),
          last: n_q.last
      };
    end
    if (en_i[4]) {flags_o, code_o} <= upper ? choice_q.high : choice_q.low;
  end
endmodule : narrow
