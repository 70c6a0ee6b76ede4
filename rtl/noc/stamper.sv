// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stamps the packets that enter the network here, and says when which packet is served (start-time fair queueing).
///
/// A stamp counts what its source has sent, in eights, so that routers which serve the oldest stamp first give every
/// source the same share of a contended link, however far it is. So that a source that was silent, or alone, does not
/// catch up or pay for it for long, its count is kept within `Near` of the stamp that came by last.
/// Routers serve by *turn*: the stamp, plus the time of arrival here in units of 2^`AgingW` cycles. A packet that waits
/// overtakes all others in the end: those that come more than 2^`AgingW` * 512 cycles later go behind it, whatever their
/// stamps are.
/// Latency: combinational.
module stamper (
  input  logic                         clk_i,
  input  logic                         rst_ni,
  // packets that come over the links, and whether they enter the network here
  input  logic [router_pkg::Links-1:0] valid_i,
  input  logic [router_pkg::Links-1:0] enters_i,
  input  router_pkg::stamp_t           stamp_i[router_pkg::Links],
  // packets that come from the node, by class
  input  logic [1:0]                   local_i,
  // packets are stored
  input  logic                         stored_i,
  // what packets that arrive in this cycle get, by source
  output router_pkg::stamp_t           stamp_o[router_pkg::Sources],
  output router_pkg::stamp_t           turn_o[router_pkg::Sources]
);
  import router_pkg::stamp_t, router_pkg::Links, router_pkg::Sources;
  localparam stamp_t Near = 10'd16;
  localparam int unsigned FractionW = 3;
  localparam int unsigned AgingW = 6;
  localparam int unsigned StampW = $bits(stamp_t);

  stamp_t seen_d, seen_q, own_q, own_stamp;
  logic [FractionW-1:0] fraction_q;
  logic [StampW+AgingW-1:0] clock_q, clock;
  logic [2:0] entering;

  // It begins anew when nothing is stored, so that it does not matter how long the router slept.
  assign clock = stored_i ? clock_q : '0;

  always_comb begin
    own_stamp = own_q;
    if (own_q - (seen_q - Near) > 2 * Near) begin
      own_stamp = router_pkg::is_older(own_q, seen_q) ? seen_q - Near : seen_q + Near;
    end
  end

  always_comb begin
    seen_d = (local_i != '0) ? own_stamp : seen_q;
    entering = 3'(local_i[0]) + 3'(local_i[1]);
    for (int unsigned s = 0; s < Sources; s++) stamp_o[s] = own_stamp;
    for (int unsigned i = 0; i < Links; i++) begin
      if (enters_i[i]) begin
        entering += 3'(valid_i[i]);
      end else begin
        stamp_o[i] = stamp_i[i];
        if (valid_i[i]) seen_d = stamp_i[i];
      end
    end
    for (int unsigned s = 0; s < Sources; s++) turn_o[s] = stamp_o[s] + clock[AgingW+:StampW];
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      seen_q <= '0;
      {own_q, fraction_q} <= '0;
      clock_q <= '0;
    end else begin
      seen_q <= seen_d;
      clock_q <= clock + 1'b1;
      if (entering != '0) {own_q, fraction_q} <= {own_stamp, fraction_q} + 13'(entering);
    end
  end
endmodule : stamper
