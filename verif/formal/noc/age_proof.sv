// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Two places of different queues, chosen by the solver, with packets that come and go at any time and with any stamps: exactly one of
/// two packets is before the other, and stays so. It is the one with the older stamp, of equal ones the one that came earlier or, at
/// once, by the lower queue; but no packet gets before one that came more than two ticks earlier, and none that came less than one
/// tick earlier is before it because of its age.
module age_proof #(
  parameter int unsigned TickW = 1
) (
  input logic                               clk_i,
  input logic                               rst_ni,
  input logic [router_pkg::Ports-1:0]       arrive_i,
  input router_pkg::place_t                 number_i[router_pkg::Ports],
  input router_pkg::stamp_t                 stamp_i[router_pkg::Ports],
  input logic [router_pkg::ClassPlaces-1:0] leave_i
);
  import router_pkg::Ports, router_pkg::Places, router_pkg::ClassPlaces, router_pkg::places_t, router_pkg::stamp_t;
  localparam int unsigned Tick = 2 ** TickW;
  localparam int unsigned AgeW = TickW + 3;

  typedef logic [AgeW-1:0] age_t;

  `TATAMI_FORMAL_RESET

  places_t place[Ports];
  logic [ClassPlaces-1:0] comes, taken_q;
  router_pkg::order_t older;

  always_comb begin
    for (int unsigned q = 0; q < Ports; q++) begin
      place[q] = places_t'(1) << number_i[q];
      comes[q*Places+:Places] = arrive_i[q] ? place[q] : '0;
    end
  end

  // Some go through at once: they come and are not there in the next cycle.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) taken_q <= '0;
    else taken_q <= (taken_q | comes) & ~leave_i;
  end
  `TATAMI_ASSUME(FreePlace, (comes & taken_q) == '0)

  age_order #(
    .TickW(TickW)
  ) u_order (
    .clk_i,
    .rst_ni,
    .arrive_i,
    .place_i(place),
    .stamp_i,
    .taken_i(taken_q),
    .older_o(older)
  );

  // Two places, `low` in the lower queue.
  logic [2:0] queue[2];
  router_pkg::place_t number[2];

  any_constant #(
    .Width(2 * (3 + $bits(router_pkg::place_t)))
  ) u_places (
    .clk_i,
    .value_o({queue[0], number[0], queue[1], number[1]})
  );
  `TATAMI_ASSUME(TwoQueues, queue[0] < queue[1] && queue[1] < 3'(Ports))

  // Of each: whether a packet is there, its stamp, and for how long it has been.
  logic [1:0] is_there, comes_here;
  age_t age_q[2];
  stamp_t stamp_q[2];

  for (genvar n = 0; n < 2; n++) begin : gen_place
    assign is_there[n] = taken_q[32'(queue[n])*Places+32'(number[n])];
    assign comes_here[n] = comes[32'(queue[n])*Places+32'(number[n])];

    always_ff @(posedge clk_i) begin
      if (comes_here[n]) begin
        age_q[n]   <= '0;
        stamp_q[n] <= stamp_i[queue[n]];
      end else if (age_q[n] != '1) begin
        age_q[n] <= age_q[n] + 1'b1;
      end
    end
  end

  logic goes_first[2];  // [n]: that of place n goes before the other
  assign goes_first[0] = older[32'(queue[1])*Places+32'(number[1])][32'(queue[0])*Places+32'(number[0])];
  assign goes_first[1] = older[32'(queue[0])*Places+32'(number[0])][32'(queue[1])*Places+32'(number[1])];

  // The gap when the later one came, and which that is; both may have come at once.
  logic settled_q, goes_first_q;
  age_t gap;
  logic earlier, by_stamp;

  assign earlier  = age_q[1] > age_q[0];  // which came first
  assign gap      = earlier ? age_q[1] - age_q[0] : age_q[0] - age_q[1];
  assign by_stamp = (stamp_q[0] == stamp_q[1]) ? earlier : router_pkg::is_older(stamp_q[1], stamp_q[0]);

  logic fresh;  // the later one has just come, so the gap is exact
  logic opposite;  // stamps half their range apart, where each is older
  assign fresh = is_there == '1 && (age_q[0] == '0 || age_q[1] == '0);
  assign opposite = stamp_t'(stamp_q[0] - stamp_q[1]) == stamp_t'(1) << $high(stamp_t);

  always_ff @(posedge clk_i) begin
    settled_q <= rst_ni && is_there == '1 && comes_here == '0;
    goes_first_q  <= goes_first[1];
  end

  // What the unit keeps of them, in terms of when they came; this makes the rest inductive.
  for (genvar n = 0; n < 2; n++) begin : gen_kept
    logic [$clog2(ClassPlaces)-1:0] here;
    logic waited, aged;
    age_t clock;

    assign here   = ($bits(here))'(32'(queue[n]) * Places + 32'(number[n]));
    assign waited = u_order.waited_q[here];
    assign aged   = u_order.aged_q[here];
    assign clock  = age_t'(u_order.clock_q);

    `TATAMI_ASSERT(Stamp, !is_there[n] || u_order.stamp_q[here] == stamp_q[n])
    `TATAMI_ASSERT(NoTick, !is_there[n] || waited || aged || age_q[n] <= clock)
    `TATAMI_ASSERT(OneTick, !is_there[n] || !waited || aged || (age_q[n] > clock && age_q[n] <= clock + age_t'(Tick)))
    `TATAMI_ASSERT(TwoTicks, !is_there[n] || !aged || (waited && age_q[n] > age_t'(Tick)))
  end

  `TATAMI_ASSERT(OneBefore, is_there != '1 || goes_first[0] != goes_first[1])
  `TATAMI_ASSERT(Stays, !settled_q || is_there != '1 || goes_first[1] == goes_first_q)
  `TATAMI_ASSERT(ByStamp, !fresh || opposite || gap > age_t'(Tick) || goes_first[by_stamp])
  `TATAMI_ASSERT(Bounded, !fresh || gap <= age_t'(2 * Tick) || goes_first[earlier])
  `TATAMI_ASSERT(ByEither, !fresh || opposite || goes_first[by_stamp] || goes_first[earlier])
  `TATAMI_COVER(Overtakes, fresh && gap != '0 && goes_first[!earlier])
  `TATAMI_COVER(Aged, fresh && !opposite && !goes_first[by_stamp])
endmodule : age_proof
