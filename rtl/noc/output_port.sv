// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Decides what leaves by one output: a link of two classes, or the way to the local node for one.
///
/// Stored packets come first: of those that wait and have a place to go to, the one with the oldest turn is granted, and
/// sent in the next cycle; classes that both have one take turns. In a cycle for which nothing was granted, a packet that is
/// just arriving goes through, of several the first, unless one of its queue waits for this output. It needs a second
/// place to be free, so that it never takes the one that a grant of the same cycle counts on.
/// Latency: `through_o` and `grant_o` are combinational; one packet per cycle. A place at the far side that comes free
/// (`credit_i`) counts from the next cycle on.
module output_port #(
  parameter int unsigned Classes = 2,
  parameter int unsigned Places = 8,  // at the far side, per class
  localparam int unsigned Queues = Classes * router_pkg::Ports
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  // heads that want this output
  input  logic [Queues-1:0]  head_valid_i,
  input  router_pkg::head_t  head_i[Queues],
  output logic [Queues-1:0]  grant_o,
  // packets that arrive for it
  input  logic [Queues-1:0]  arrive_i,
  input  router_pkg::hop_t   arrive_hop_i[Queues],
  output logic [Queues-1:0]  through_o,
  input  logic [Classes-1:0] credit_i,
  output router_pkg::send_t  send_o,
  // a granted packet is sent in this cycle
  output logic               busy_o
);
  import router_pkg::Ports;
  localparam int unsigned CountW = $clog2(Places + 1);

  logic [Classes-1:0] asks, spare, granted;
  logic [Queues-1:0] candidates, oldest;
  router_pkg::send_t granted_q;
  router_pkg::head_t chosen;
  router_pkg::hop_t passing;

  for (genvar c = 0; c < Classes; c++) begin : gen_class
    logic [CountW-1:0] places_q, spent;
    router_pkg::stamp_t turn[Ports];

    for (genvar i = 0; i < Ports; i++) begin : gen_turn
      assign turn[i] = head_i[c*Ports+i].hop.turn;
    end

    oldest #(
      .Inputs(Ports)
    ) u_oldest (
      .req_i((places_q != '0) ? head_valid_i[c*Ports+:Ports] : '0),
      .turn_i(turn),
      .gnt_o(oldest[c*Ports+:Ports])
    );

    assign asks[c] = oldest[c*Ports+:Ports] != '0;
    assign spare[c] = places_q > CountW'(1);
    assign grant_o[c*Ports+:Ports] = granted[c] ? oldest[c*Ports+:Ports] : '0;
    assign spent = CountW'(granted[c]) + CountW'(through_o[c*Ports+:Ports] != '0);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) places_q <= CountW'(Places);
      else if (credit_i[c] || spent != '0) places_q <= places_q + CountW'(credit_i[c]) - spent;
    end

    `TATAMI_ASSERT(PlacesBound, !credit_i[c] || places_q != CountW'(Places))
    `TATAMI_ASSERT(PlacesEnough, spent <= places_q)
  end

  if (Classes == 2) begin : gen_turns
    logic last_q;

    assign granted[0] = asks[0] && !(asks[1] && !last_q);
    assign granted[1] = asks[1] && !(asks[0] && last_q);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) last_q <= 1'b0;
      else if (granted != '0) last_q <= granted[1];
    end
  end else begin : gen_alone
    assign granted = asks;
  end

  always_comb begin
    chosen = '0;
    passing = '0;
    candidates = '0;
    for (int unsigned q = 0; q < Queues; q++) begin
      if (grant_o[q]) chosen |= head_i[q];
      if (through_o[q]) passing |= arrive_hop_i[q];
      candidates[q] = arrive_i[q] && !head_valid_i[q] && spare[q/Ports] && !busy_o;
    end
  end

  assign through_o = candidates & (~candidates + 1'b1);
  assign busy_o = granted_q.select != '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) granted_q.select <= '0;
    else if (busy_o || granted != '0) granted_q.select <= router_pkg::Queues'(grant_o);
  end

  always_ff @(posedge clk_i) begin
    if (granted != '0) begin
      granted_q.through <= 1'b0;
      granted_q.head <= chosen;
    end
  end

  always_comb begin
    send_o = '0;
    if (busy_o) begin
      send_o = granted_q;
    end else if (through_o != '0) begin
      send_o.select = router_pkg::Queues'(through_o);
      send_o.through = 1'b1;
      send_o.head.hop = passing;
    end
  end
endmodule : output_port
