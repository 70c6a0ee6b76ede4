// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Round-robin arbiter: grants the first requester after the last one that was served.
///
/// Latency: combinational. A requester that keeps asking is served after at most `Inputs - 1` others.
/// Handshake: `gnt_o` is one-hot whenever a request is up; `advance_i` says that the grant was used in this cycle.
module rr_arbiter #(
  parameter int unsigned Inputs = 4
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic [Inputs-1:0] req_i,
  output logic [Inputs-1:0] gnt_o,
  input  logic              advance_i
);
  logic [Inputs-1:0] after_q;  // requesters behind the last winner
  logic [Inputs-1:0] candidates;

  assign candidates = ((req_i & after_q) != '0) ? (req_i & after_q) : req_i;
  assign gnt_o = candidates & (~candidates + 1'b1);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) after_q <= '0;
    else if (advance_i) after_q <= ~(gnt_o | (gnt_o - 1'b1));
  end

  `TATAMI_ASSERT(OneHot, (gnt_o & (gnt_o - 1'b1)) == '0 && (gnt_o & ~req_i) == '0)
  `TATAMI_ASSERT(Work, (req_i == '0) == (gnt_o == '0))
  `TATAMI_ASSERT(AdvanceOnGrant, !advance_i || gnt_o != '0)
endmodule : rr_arbiter
