// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which of two stored packets of a class is served first, for every two places of different queues.
///
/// Stamps are compared once, when a packet arrives, so that whoever chooses among stored packets looks at bits only. The
/// older stamp goes first, and of equal stamps the one stored earlier, or in the lower queue. As stamps are compared
/// modulo their range, three packets whose stamps are very far apart may each be older than the next: who chooses must not
/// rely on an oldest one.
/// Aging: a packet that has waited for two ticks of 2^`TickW` cycles goes before all that come later, whatever their stamps
/// are. So none is overtaken by packets that come more than 2 * 2^`TickW` cycles after it.
/// Latency: `older_o` shows a packet from the cycle after it was stored. Bits of a place that is not taken, and those
/// between two places of one queue, mean nothing.
module age_order #(
  parameter int unsigned TickW = 14
) (
  input  logic                               clk_i,
  input  logic                               rst_ni,
  // packets that arrive in this cycle, by queue, and the place there of those that are stored
  input  logic [router_pkg::Ports-1:0]       arrive_i,
  input  router_pkg::places_t                place_i[router_pkg::Ports],
  input  router_pkg::stamp_t                 stamp_i[router_pkg::Ports],
  // places that are taken
  input  logic [router_pkg::ClassPlaces-1:0] taken_i,
  // for every place, those that are served before it
  output router_pkg::order_t                 older_o
);
  import router_pkg::Ports, router_pkg::Places, router_pkg::ClassPlaces, router_pkg::is_older;

  router_pkg::stamp_t [ClassPlaces-1:0] stamp_q;
  logic [ClassPlaces-1:0] waited_q, aged_q;  // for one tick, for two
  logic [TickW-1:0] clock_q;
  logic [ClassPlaces-1:0] comes;
  logic tick;

  // Time runs while something waits, so it does not matter how long the router slept.
  assign tick = clock_q == '1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni || taken_i == '0) clock_q <= '0;
    else clock_q <= clock_q + 1'b1;
  end

  always_comb begin
    comes = '0;
    if (arrive_i != '0) begin
      for (int unsigned q = 0; q < Ports; q++) comes[q*Places+:Places] = arrive_i[q] ? place_i[q] : '0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (arrive_i != '0 || tick) begin
      waited_q <= (tick ? '1 : waited_q) & ~comes;
      aged_q   <= (tick ? aged_q | waited_q : aged_q) & ~comes;
    end
  end

  // A packet that comes brings its own row, and a bit for the rows of those that are stored.
  function automatic router_pkg::order_t with_new(router_pkg::order_t rows);
    for (int unsigned q = 0; q < Ports; q++) begin
      if (arrive_i[q]) begin
        logic [ClassPlaces-1:0] first = '0;  // what goes before it
        for (int unsigned p = 0; p < ClassPlaces; p++) begin
          if (taken_i[p] && p / Places != q) begin
            first[p] = aged_q[p] || !is_older(stamp_i[q], stamp_q[p]);
            if (first[p]) rows[p][q*Places+:Places] &= ~place_i[q];
            else rows[p][q*Places+:Places] |= place_i[q];
          end
        end
        for (int unsigned r = 0; r < Ports; r++) begin
          if (r < q && !is_older(stamp_i[q], stamp_i[r]) || r > q && is_older(stamp_i[r], stamp_i[q]))
            first[r*Places+:Places] |= comes[r*Places+:Places];
        end
        for (int unsigned s = 0; s < Places; s++) begin
          if (place_i[q][s]) rows[q*Places+s] = first;
        end
      end
    end
    return rows;
  endfunction

  always_ff @(posedge clk_i) begin
    if (arrive_i != '0) older_o <= with_new(older_o);
  end

  always_ff @(posedge clk_i) begin
    for (int unsigned q = 0; q < Ports; q++) begin
      if (arrive_i[q]) begin
        for (int unsigned s = 0; s < Places; s++) begin
          if (place_i[q][s]) stamp_q[q*Places+s] <= stamp_i[q];
        end
      end
    end
  end
endmodule : age_order
