// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stamps the packets that enter the network here (start-time fair queueing).
///
/// A stamp counts what its source has sent, in eights, so that routers which serve the oldest stamp first give every
/// source the same share of a contended link, however far it is. So that a source that was silent, or alone, does not
/// catch up or pay for it for long, its count is kept within `Near` of the stamp that came by last.
/// Latency: `stamp_o` is a register: what enters in this cycle counts from the next on.
module stamper (
  input  logic                         clk_i,
  input  logic                         rst_ni,
  // packets that come over the links, and whether they enter the network here
  input  logic [router_pkg::Links-1:0] valid_i,
  input  logic [router_pkg::Links-1:0] enters_i,
  input  router_pkg::stamp_t           stamp_i[router_pkg::Links],
  // packets that come from the node, by class
  input  logic [1:0]                   local_i,
  // for packets that enter in this cycle
  output router_pkg::stamp_t           stamp_o
);
  import router_pkg::stamp_t, router_pkg::Links;
  localparam stamp_t Near = 10'd16;
  localparam int unsigned FractionW = 3;

  stamp_t seen_q, lead;
  logic [FractionW-1:0] fraction, fraction_q;
  logic [2:0] entering;
  logic next, ahead, behind;

  always_comb begin
    entering = 3'(local_i[0]) + 3'(local_i[1]);
    for (int unsigned i = 0; i < Links; i++) entering += 3'(valid_i[i] && enters_i[i]);
  end

  // What enters may add one to the stamp; its distance is judged without waiting for that sum.
  assign {next, fraction} = (FractionW + 1)'(fraction_q) + (FractionW + 1)'(entering);
  assign lead = stamp_o - seen_q;
  assign ahead = !lead[$high(lead)] && (lead > Near || next && lead == Near);
  assign behind = lead[$high(lead)] && (lead < -Near - 1'b1 || !next && lead == -Near - 1'b1);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      seen_q <= '0;
      {stamp_o, fraction_q} <= '0;
    end else begin
      if (local_i != '0) seen_q <= stamp_o;
      for (int unsigned i = 0; i < Links; i++) begin
        if (valid_i[i] && !enters_i[i]) seen_q <= stamp_i[i];
      end
      fraction_q <= fraction;
      if (ahead) stamp_o <= seen_q + Near;
      else if (behind) stamp_o <= seen_q - Near;
      else stamp_o <= stamp_o + stamp_t'(next);
    end
  end
endmodule : stamper
