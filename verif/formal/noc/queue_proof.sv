// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The control half of a queue: packets come as credits (or `ready_o`) allow, for any outputs, and are granted at any time. One packet,
/// chosen as it comes, goes to each of its outputs exactly once, behind those that were stored for that output before it, and
/// its place and what is kept with it do not change until then. Places are not taken twice; each packet gives back one credit.
module queue_proof #(
  parameter int unsigned Depth = 4,
  parameter bit ByReady = 1'b0  // the sender looks at `ready_o` instead of counting credits
) (
  input logic                         clk_i,
  input logic                         rst_ni,
  input logic                         valid_i,
  input logic [router_pkg::Ports-1:0] outputs_i,
  input logic                         early_i,  // it may go through: its outputs are known early
  input logic [router_pkg::Ports-1:0] through_i,
  input router_pkg::hop_t             hop_i,
  input logic [router_pkg::Ports-1:0] grant_i,
  input logic                         follow_i
);
  import router_pkg::Ports, router_pkg::Places, router_pkg::places_t;
  localparam int unsigned CountW = $clog2(Depth + 2);

  typedef logic [CountW-1:0] count_t;

  `TATAMI_FORMAL_RESET

  logic [Ports-1:0] passing, through, waits;
  places_t place, taken;
  places_t [Ports-1:0] head, grant;
  router_pkg::hop_t [Places-1:0] hop;
  logic ready, credit, busy;
  logic [2:0] watched;  // an output

  any_constant #(
    .Width(3)
  ) u_watched (
    .clk_i,
    .value_o(watched)
  );

  // What goes through is among what is known early, and goes before nobody who waits.
  assign passing = early_i ? outputs_i : '0;
  assign through = through_i & passing & ~waits;

  always_comb begin
    for (int unsigned p = 0; p < Ports; p++) grant[p] = grant_i[p] ? head[p] : '0;
  end

  input_queue #(
    .Depth(Depth)
  ) u_queue (
    .clk_i,
    .rst_ni,
    .valid_i,
    .outputs_i,
    .hop_i,
    .passing_i(passing),
    .through_i(through),
    .place_o  (place),
    .number_o (),
    .ready_o  (ready),
    .waits_o  (waits),
    .head_o   (head),
    .grant_i  (grant),
    .hop_o    (hop),
    .taken_o  (taken),
    .credit_o (credit),
    .busy_o   (busy)
  );

  // The sender: packets that it may still send.
  count_t free_q;
  logic ready_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      free_q  <= count_t'(Depth);
      ready_q <= 1'b0;
    end else begin
      free_q  <= free_q + count_t'(credit) - count_t'(valid_i);
      ready_q <= ready;
    end
  end

  if (ByReady) begin : gen_ready
    `TATAMI_ASSUME(SendsWhenReady, !valid_i || ready_q)
  end else begin : gen_credits
    `TATAMI_ASSUME(SendsByCredit, !valid_i || free_q != '0)
  end
  `TATAMI_ASSUME(AnOutput, watched < 3'(Ports))

  // The watched output: how many wait for it. The followed packet: which outputs have not had it, and how many are before it at
  // the watched one.
  logic stores, gives;
  count_t waiting_q, ahead_q;
  logic followed_q;
  logic [Ports-1:0] missing_q;
  places_t place_q;
  router_pkg::hop_t hop_q;

  assign stores = valid_i && outputs_i[watched] && !through[watched];
  assign gives  = grant[watched] != '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      waiting_q  <= '0;
      followed_q <= 1'b0;
      missing_q  <= '0;
    end else begin
      waiting_q <= waiting_q + count_t'(stores) - count_t'(gives);
      if (valid_i && follow_i && !followed_q) begin
        followed_q <= 1'b1;
        missing_q  <= outputs_i & ~through;
        place_q    <= place;
        hop_q      <= hop_i;
        ahead_q    <= waiting_q - count_t'(gives);
      end
      for (int unsigned p = 0; p < Ports; p++) begin
        if (missing_q[p] && grant[p] == place_q) missing_q[p] <= 1'b0;
      end
      if (missing_q[watched] && gives) ahead_q <= ahead_q - 1'b1;
    end
  end

  logic waits_here, next_here;
  assign waits_here = missing_q[watched];
  assign next_here  = waits_here && ahead_q == '0;

  `TATAMI_ASSERT(FreePlace, !valid_i || (place & (taken | ~places_t'((1 << Depth) - 1))) == '0)
  `TATAMI_ASSERT(OnePlace, !valid_i || (place != '0 && (place & (place - 1'b1)) == '0))
  `TATAMI_ASSERT(Waits, waits[watched] == (waiting_q != '0))
  `TATAMI_ASSERT(OneHead, (head[watched] & (head[watched] - 1'b1)) == '0 && (head[watched] != '0) == waits[watched])
  `TATAMI_ASSERT(Kept, missing_q == '0 || ((taken & place_q) != '0 && (~place_q & taken) != taken))
  for (genvar s = 0; s < Depth; s++) begin : gen_place
    `TATAMI_ASSERT(HopKept, missing_q == '0 || !place_q[s] || hop[s] == hop_q)
  end
  `TATAMI_ASSERT(InTurn, !waits_here || (head[watched] == place_q) == next_here)
  `TATAMI_ASSERT(CreditsBound, free_q <= count_t'(Depth))
  `TATAMI_ASSERT(CreditsBack, taken != '0 || credit || free_q == count_t'(Depth))
  `TATAMI_ASSERT(Busy, busy || (taken == '0 && free_q == count_t'(Depth)))
  `TATAMI_COVER(Full, taken == places_t'((1 << Depth) - 1))
  `TATAMI_COVER(Behind, next_here && gives && waiting_q == count_t'(Depth) && place_q[1])
  `TATAMI_COVER(SeveralCopies, followed_q && missing_q != '0 && !waits_here && (missing_q & (missing_q - 1'b1)) != '0)
  `TATAMI_COVER(GoesThrough, valid_i && passing != '0 && through == passing)
endmodule : queue_proof
