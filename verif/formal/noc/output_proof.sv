// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What an output grants and lets through: of the packets that are next in their queues one at most, never more than the far
/// side has places for, and of a class the one that is before all others, whatever `older_i` says. Only when there was none a cycle
/// earlier does another one go. A class that has a place, and whose packets and their order stay as they are, is served within four cycles.
module output_proof #(
  parameter int unsigned FarPlaces = 4
) (
  input logic                                                    clk_i,
  input logic                                                    rst_ni,
  input router_pkg::places_t [router_pkg::Queues-1:0]            heads_i,
  input router_pkg::order_t                                      older_i[2],
  input logic [router_pkg::Queues-1:0]                           arrive_i,
  input logic [1:0]                                              credit_i
);
  import router_pkg::Ports, router_pkg::Places, router_pkg::Queues, router_pkg::ClassPlaces, router_pkg::places_t;
  localparam int unsigned CountW = $clog2(FarPlaces + 2);
  localparam int unsigned LongestWait = 4;

  typedef logic [CountW-1:0] count_t;

  `TATAMI_FORMAL_RESET

  logic [Queues-1:0] waits, through;
  places_t [Queues-1:0] grant, stored, grant_q, heads_q;
  router_pkg::send_t send;
  logic busy;

  always_comb begin
    for (int unsigned q = 0; q < Queues; q++) waits[q] = heads_i[q] != '0;
  end

  output_port #(
    .FarPlaces(FarPlaces)
  ) u_output (
    .clk_i,
    .rst_ni,
    .waits_i  (waits),
    .heads_i,
    .older_i,
    .grant_o  (grant),
    .arrive_i,
    .through_o(through),
    .credit_i,
    .send_o   (send),
    .stored_o (stored),
    .busy_o   (busy)
  );

  // Queues: one packet is next, and it stays that until it is granted.
  for (genvar q = 0; q < Queues; q++) begin : gen_queue
    `TATAMI_ASSUME(OneHead, (heads_i[q] & (heads_i[q] - 1'b1)) == '0)
    `TATAMI_ASSUME(Stays, heads_q[q] == '0 || grant_q[q] != '0 || heads_i[q] == heads_q[q])
  end

  always_ff @(posedge clk_i) begin
    heads_q <= rst_ni ? heads_i : '0;
    grant_q <= rst_ni ? grant : '0;
  end

  logic [1:0] granted;

  for (genvar c = 0; c < 2; c++) begin : gen_class
    count_t taken_q;  // places of the far side that packets of this class have, or are granted
    logic [2:0] wait_q;
    logic [ClassPlaces-1:0] heads, first, heads_before_q, first_before_q;
    logic none_first_q, asks, stays;
    count_t spends;

    assign heads = heads_i[c*Ports+:Ports];
    assign granted[c] = grant[c*Ports+:Ports] != '0;
    assign spends = count_t'(granted[c]) + count_t'(through[c*Ports+:Ports] != '0);
    assign stays = heads == heads_before_q && first == first_before_q;
    assign asks = heads != '0 && taken_q < count_t'(FarPlaces);

    // The heads that no other one is before.
    always_comb begin
      for (int unsigned s = 0; s < ClassPlaces; s++) first[s] = heads[s] && (older_i[c][s] & heads) == '0;
    end

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        taken_q <= '0;
        wait_q <= '0;
        none_first_q <= 1'b0;
      end else begin
        taken_q <= taken_q + spends - count_t'(credit_i[c]);
        wait_q <= (!asks || granted[c]) ? '0 : stays ? wait_q + 1'b1 : 3'd1;
        none_first_q <= heads != '0 && first == '0;
      end
      heads_before_q <= heads;
      first_before_q <= first;
    end

    `TATAMI_ASSUME(CreditOfPacket, !credit_i[c] || taken_q != '0)
    `TATAMI_ASSUME(OneFirst, (first & (first - 1'b1)) == '0)
    `TATAMI_ASSERT(PlacesBound, taken_q <= count_t'(FarPlaces))
    `TATAMI_ASSERT(PlacesAgree, u_output.gen_class[c].places_q == count_t'(FarPlaces) - taken_q)
    `TATAMI_ASSERT(RescueWhenNone, !u_output.gen_class[c].rescues_q || none_first_q)
    `TATAMI_ASSERT(PlaceThere, taken_q + spends <= count_t'(FarPlaces))
    `TATAMI_ASSERT(OldestFirst, (grant[c*Ports+:Ports] & ~first) == '0 || none_first_q)
    `TATAMI_ASSERT(Served, wait_q < 3'(LongestWait))
    `TATAMI_COVER(Rescue, granted[c] && (grant[c*Ports+:Ports] & ~first) != '0)
    `TATAMI_COVER(LastPlace, granted[c] && taken_q == count_t'(FarPlaces - 1))
    `TATAMI_COVER(Two, spends == count_t'(2))
  end

  `TATAMI_ASSERT(OfHeads, (grant & ~heads_i) == '0)
  `TATAMI_ASSERT(OneGrant, (grant & (grant - 1'b1)) == '0)
  `TATAMI_ASSERT(OneThrough, (through & (through - 1'b1)) == '0)
  `TATAMI_ASSERT(OfArriving, (through & (~arrive_i | waits)) == '0)
  `TATAMI_ASSERT(StoredFirst, !busy || through == '0)
  `TATAMI_ASSERT(SentNext, stored == grant_q && busy == (grant_q != '0))
  `TATAMI_ASSERT(Sends, send.valid == (stored != '0 || through != '0) && send.through == through && send.held == busy)
  `TATAMI_COVER(Both, granted[1] && waits[0])
endmodule : output_proof
