// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The control half of one class's queue at an input: which places are taken, and per output which packet is next.
///
/// The places are a pool that the outputs share; packets for one output keep their order, packets for different ones do
/// not wait for each other, and in one cycle several may be granted. A packet may want several outputs; each takes its copy
/// on its own, and the place is free when the last one has.
/// Handshake: the sender knows that there is a place (links by credits, each for a packet that arrives in the cycle after
/// the pulse or later; `ready_o` says that there will be one for a packet of the next cycle). A packet that arrives goes
/// through at once by the outputs of `through_i`; for others, it is stored in `place_o` and stands in `head_o` from the next
/// cycle on. A granted head is read in the cycle after the grant; the place of one that waits for no output any more is free
/// from that cycle on. Each packet that is gone gives one pulse of `credit_o`, at most one per cycle; a place is not taken
/// again before its pulse.
module input_queue #(
  parameter int unsigned Depth = 8
) (
  input  logic                         clk_i,
  input  logic                         rst_ni,
  // a packet arrives for these outputs; for none, it is dropped
  input  logic                         valid_i,
  input  logic [router_pkg::Ports-1:0] outputs_i,
  input  router_pkg::hop_t             hop_i,
  // of these outputs, known early, it may go through by some at once
  input  logic [router_pkg::Ports-1:0] passing_i,
  input  logic [router_pkg::Ports-1:0] through_i,
  output router_pkg::places_t          place_o,  // one bit
  output router_pkg::place_t           number_o,  // of this place
  output logic                         ready_o,
  // per output: whether packets wait for it, the place of the one that is next, and the place that is granted
  output logic [router_pkg::Ports-1:0] waits_o,
  output router_pkg::places_t [router_pkg::Ports-1:0] head_o,
  input  router_pkg::places_t [router_pkg::Ports-1:0] grant_i,
  // by place
  output router_pkg::hop_t [router_pkg::Places-1:0] hop_o,
  output router_pkg::places_t          taken_o,
  output logic                         credit_o,
  // something is stored, or a credit is on its way
  output logic                         busy_o
);
  import router_pkg::Ports, router_pkg::places_t, router_pkg::place_t;
  localparam int unsigned CountW = $clog2(Depth + 1);

  logic [Ports-1:0][Depth-1:0] wants_q;  // stored packets that wait for an output
  logic [Depth-1:0][Depth-1:0] older_q;  // those that were stored before this one, if they still wait
  router_pkg::hop_t [Depth-1:0] hop_q;
  logic [Depth-1:0] nowhere_q;  // a packet without a way takes its place for a cycle
  logic [Depth-1:0] place_q;  // where a packet that arrives now is stored
  logic [Depth-1:0] owed_q;  // places that are free, but whose credit has not gone back

  logic [Ports-1:0] left;  // outputs by which the packet that arrives does not go through
  logic stays;
  logic [Depth-1:0] waiting, keeps, done, open, rest, due;
  logic [CountW-1:0] used;

  assign left = outputs_i & ~through_i;
  assign stays = (passing_i == '0 || (passing_i & ~through_i) != '0);

  always_comb begin
    waiting = nowhere_q;
    keeps = '0;
    for (int unsigned p = 0; p < Ports; p++) begin
      waits_o[p] = wants_q[p] != '0;
      waiting |= wants_q[p];
      keeps |= wants_q[p] & ~grant_i[p][Depth-1:0];
    end
    done = waiting & ~keeps;
  end

  always_comb begin
    head_o = '0;
    for (int unsigned p = 0; p < Ports; p++) begin
      if (wants_q[p] != '0) begin
        for (int unsigned s = 0; s < Depth; s++) head_o[p][s] = wants_q[p][s] && (older_q[s] & wants_q[p]) == '0;
      end
    end
  end

  // The next place is the lowest free one besides that of now: one that came free later has no credit yet.
  assign open = ~(waiting | owed_q);
  assign rest = valid_i ? open & ~place_q : open;
  assign place_o = places_t'(place_q);
  assign taken_o = places_t'(waiting);

  always_comb begin
    number_o = '0;
    for (int unsigned s = 0; s < Depth; s++) number_o |= place_q[s] ? place_t'(s) : '0;
  end

  // A packet that does not stay gives back the place that it would have had.
  always_comb begin
    due = owed_q | done;
    if (valid_i && !stays) due |= place_q;
  end

  always_comb begin
    used = '0;
    for (int unsigned s = 0; s < Depth; s++) used += CountW'(!open[s]);
  end

  assign hop_o = $bits(hop_o)'(hop_q);
  assign ready_o = used + CountW'(valid_i) < CountW'(Depth);
  assign busy_o = waiting != '0 || owed_q != '0 || credit_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      wants_q   <= '0;
      nowhere_q <= '0;
      place_q   <= Depth'(1);
      owed_q    <= '0;
      credit_o  <= 1'b0;
    end else if (valid_i || busy_o) begin
      for (int unsigned p = 0; p < Ports; p++) begin
        wants_q[p] <= (wants_q[p] & ~grant_i[p][Depth-1:0]) | ((valid_i && left[p]) ? place_q : '0);
      end
      nowhere_q <= (valid_i && outputs_i == '0) ? place_q : '0;
      place_q   <= rest & (~rest + 1'b1);
      owed_q    <= due & (due - 1'b1);
      credit_o  <= due != '0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      for (int unsigned s = 0; s < Depth; s++) begin
        if (place_q[s]) begin
          hop_q[s]   <= hop_i;
          older_q[s] <= waiting;
        end else begin
          older_q[s] <= older_q[s] & ~place_q;
        end
      end
    end
  end

  `TATAMI_ASSERT(Space, !valid_i || (place_q & open) != '0)
  `TATAMI_ASSERT(GrantHeads, (grant_i & ~head_o) == '0)
endmodule : input_queue
