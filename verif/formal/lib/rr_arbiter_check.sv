// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A round-robin arbiter of one size, and what it promises: a grant whenever there is a request, to one that asks, the
/// first one after the last that was served; so one that keeps asking waits for at most `Inputs - 1` others.
module rr_arbiter_check #(
  parameter int unsigned Inputs = 4
) (
  input logic              clk_i,
  input logic              rst_ni,
  input logic [Inputs-1:0] req_i,
  input logic              use_i
);
  localparam int unsigned IndexW = $clog2(Inputs + 1);

  logic [Inputs-1:0] grant;
  logic advance;

  assign advance = use_i && req_i != '0;

  rr_arbiter #(
    .Inputs(Inputs)
  ) u_arbiter (
    .clk_i,
    .rst_ni,
    .req_i,
    .gnt_o    (grant),
    .advance_i(advance)
  );

  // Round robin as a book has it: count up from the one after the last until one asks.
  logic [IndexW-1:0] last_q, expected;
  always_comb begin
    expected = last_q;
    for (int unsigned n = Inputs; n > 0; n--) begin
      for (int unsigned last = 0; last < Inputs; last++) begin
        if (last_q == IndexW'(last) && req_i[(last+n)%Inputs]) expected = IndexW'((last + n) % Inputs);
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) last_q <= IndexW'(Inputs - 1);
    else if (advance) last_q <= expected;
  end

  `TATAMI_ASSERT(Next, grant == ((req_i == '0) ? '0 : Inputs'(1) << expected))

  // Nobody starves: the others that are served while one asks.
  for (genvar i = 0; i < Inputs; i++) begin : gen_input
    logic [IndexW-1:0] others_q;
    always_ff @(posedge clk_i) begin
      if (!rst_ni || !req_i[i] || grant[i]) others_q <= '0;
      else others_q <= others_q + IndexW'(advance);
    end
    `TATAMI_ASSERT(NoStarvation, others_q <= IndexW'(Inputs - 1))
    `TATAMI_ASSERT(Served, others_q != IndexW'(Inputs - 1) || !req_i[i] || grant[i])
    `TATAMI_COVER(WaitsLongest, others_q == IndexW'(Inputs - 1) && grant[i] && advance)
  end
endmodule : rr_arbiter_check
