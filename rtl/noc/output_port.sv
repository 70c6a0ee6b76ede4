// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Decides what leaves by one output: a link of two classes, or the way to the local node for one.
///
/// Stored packets come first: of those that are next in their queues and have a place to go to, the oldest is granted, and
/// sent in the next cycle; classes that both have one take turns. In a cycle for which nothing was granted, a packet that is
/// just arriving goes through, of several the first, unless one of its queue waits for this output. It needs a second
/// place to be free, so that it never takes the one that a grant of the same cycle counts on.
/// When each is younger than another (see age_order), none is the oldest: the next cycle rescues one, queue by queue.
/// Latency: `through_o` and `grant_o` are combinational; one packet per cycle. A place at the far side that comes free
/// (`credit_i`) counts from the next cycle on.
module output_port #(
  parameter int unsigned FirstClass = 0,
  parameter int unsigned Classes = 2,
  parameter int unsigned FarPlaces = 8,  // at the far side, per class
  localparam int unsigned Queues = Classes * router_pkg::Ports
) (
  input  logic                               clk_i,
  input  logic                               rst_ni,
  // queues that have packets for this output, and the places of those that are next; by class, what is older than each place
  input  logic [Queues-1:0]                  waits_i,
  input  router_pkg::places_t [Queues-1:0]   heads_i,
  input  router_pkg::order_t                 older_i[2],
  output router_pkg::places_t [Queues-1:0]   grant_o,
  // packets that arrive for it
  input  logic [Queues-1:0]                  arrive_i,
  output logic [Queues-1:0]                  through_o,
  input  logic [Classes-1:0]                 credit_i,
  // what is sent: of a stored packet, its place
  output router_pkg::send_t                  send_o,
  output router_pkg::places_t [Queues-1:0]   stored_o,
  // a granted packet is sent in this cycle
  output logic                               busy_o
);
  import router_pkg::Ports, router_pkg::Places, router_pkg::ClassPlaces;
  localparam int unsigned CountW = $clog2(FarPlaces + 1);

  logic [Classes-1:0] asks, turn, granted, spare, comes, passes;

  for (genvar c = 0; c < Classes; c++) begin : gen_class
    logic [CountW-1:0] places_q, spent;
    logic [ClassPlaces-1:0] heads;
    router_pkg::places_t [Ports-1:0] oldest, rescued, chosen;
    logic [Ports-1:0] waits, later, pick, rescue_q, after_q, candidates;
    logic rescues_q;

    assign waits = waits_i[c*Ports+:Ports];
    assign heads = heads_i[c*Ports+:Ports];

    always_comb begin
      oldest  = '0;
      rescued = '0;
      if (waits != '0) begin
        for (int unsigned q = 0; q < Ports; q++) begin
          if (waits[q]) begin
            for (int unsigned s = 0; s < Places; s++) begin
              if (heads[q*Places+s]) oldest[q][s] = (older_i[FirstClass+c][q*Places+s] & heads) == '0;
            end
            if (rescue_q[q]) rescued[q] = heads[q*Places+:Places];
          end
        end
      end
    end

    assign asks[c] = waits != '0 && places_q != '0;
    assign chosen = rescues_q ? rescued : oldest;
    assign grant_o[c*Ports+:Ports] = turn[c] ? chosen : '0;
    assign granted[c] = turn[c] && chosen != '0;

    // Which queue is rescued next: the first one after that of the last time.
    assign later = waits & after_q;
    assign pick = (later != '0) ? later & (~later + 1'b1) : waits & (~waits + 1'b1);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        rescues_q <= 1'b0;
        after_q   <= '0;
      end else if (waits != '0) begin
        rescues_q <= oldest == '0 && !(turn[c] && rescues_q);
        if (turn[c] && rescues_q) after_q <= ~(rescue_q | (rescue_q - 1'b1));
      end
    end

    always_ff @(posedge clk_i) begin
      if (waits != '0) rescue_q <= pick;
    end

    // What goes through: the first class that can send, and of its queues the first.
    assign spare[c] = places_q > CountW'(1);
    assign candidates = (spare[c] && !busy_o) ? arrive_i[c*Ports+:Ports] & ~waits : '0;
    assign comes[c] = candidates != '0;
    assign passes[c] = comes[c] && !(c > 0 && comes[0]);
    assign through_o[c*Ports+:Ports] = passes[c] ? candidates & (~candidates + 1'b1) : '0;

    assign spent = CountW'(granted[c]) + CountW'(passes[c]);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) places_q <= CountW'(FarPlaces);
      else if (credit_i[c] || spent != '0) places_q <= places_q + CountW'(credit_i[c]) - spent;
    end

    `TATAMI_ASSERT(PlacesBound, !credit_i[c] || places_q != CountW'(FarPlaces))
    `TATAMI_ASSERT(PlacesEnough, spent <= places_q)
    `TATAMI_ASSERT(OneChosen, (chosen & (chosen - 1'b1)) == '0)
  end

  if (Classes == 2) begin : gen_turns
    logic last_q;

    assign turn[0] = asks[0] && !(asks[1] && !last_q);
    assign turn[1] = asks[1] && !(asks[0] && last_q);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) last_q <= 1'b0;
      else if (turn != '0) last_q <= turn[1];
    end
  end else begin : gen_alone
    assign turn = asks;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) busy_o <= 1'b0;
    else busy_o <= granted != '0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) stored_o <= '0;
    else stored_o <= grant_o;
  end

  assign send_o.valid = busy_o || comes != '0;
  assign send_o.held = busy_o;
  assign send_o.active = busy_o || arrive_i != '0;
  assign send_o.through = router_pkg::Queues'(through_o);
endmodule : output_port
