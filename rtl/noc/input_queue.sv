// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The control half of one class's queue at an input: which places are taken, and per output which packet is next.
///
/// The places are a pool that the outputs share; packets for one output keep their order, packets for different ones do
/// not wait for each other, and in one cycle several may be granted. A packet may want several outputs; each takes its copy
/// on its own, and the place is free when the last one has.
/// Handshake: the sender knows that there is a place (links by credits; `ready_o` says that there will be one for a packet
/// of the next cycle). A packet that arrives goes through at once by the outputs of `through_i`; for others, it is stored in
/// `slot_o` and stands in `head_o` from the next cycle on. A granted head is read in the cycle after the grant; the place of
/// one that waits for no output any more is free from that cycle on, and then `credit_o` pulses, at most once per cycle.
module input_queue #(
  parameter int unsigned Depth = 8
) (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  // a packet arrives for these outputs; for none, it is dropped
  input  logic                              valid_i,
  input  logic [router_pkg::Ports-1:0]      outputs_i,
  input  router_pkg::hop_t                  hop_i,
  input  logic [router_pkg::Ports-1:0]      through_i,
  output logic                              store_o,
  output logic [router_pkg::SlotW-1:0]      slot_o,
  output logic                              ready_o,
  // per output: the packet that is next
  output logic [router_pkg::Ports-1:0]      head_valid_o,
  output router_pkg::head_t                 head_o[router_pkg::Ports],
  input  logic [router_pkg::Ports-1:0]      grant_i,
  output logic                              credit_o,
  // something is stored, or a credit is on its way
  output logic                              busy_o
);
  import router_pkg::Ports, router_pkg::SlotW;
  localparam int unsigned CountW = $clog2(Depth + 1);

  logic [Depth-1:0] wants_q[Ports];  // stored packets that wait for an output
  logic [Depth-1:0] older_q[Depth];  // those that were stored before this one
  router_pkg::hop_t hop_q[Depth];
  logic [CountW-1:0] debt_q;  // credits to give back

  logic [Ports-1:0] left;  // outputs by which the packet that arrives does not go through
  logic [Depth-1:0] granted[Ports];
  logic [Depth-1:0] waiting, keeps, done;
  logic [CountW-1:0] freed, used;

  assign left = outputs_i & ~through_i;
  assign store_o = valid_i && left != '0;

  always_comb begin
    waiting = '0;
    keeps = '0;
    for (int unsigned p = 0; p < Ports; p++) begin
      waiting |= wants_q[p];
      keeps |= wants_q[p] & ~granted[p];
    end
    done = waiting & ~keeps;
  end

  always_comb begin
    head_valid_o = '0;
    for (int unsigned p = 0; p < Ports; p++) begin
      head_o[p] = '0;
      granted[p] = '0;
      if (wants_q[p] != '0) begin
        head_valid_o[p] = 1'b1;
        for (int unsigned s = 0; s < Depth; s++) begin
          if (wants_q[p][s] && (older_q[s] & wants_q[p]) == '0) begin
            head_o[p] = '{slot: SlotW'(s), hop: hop_q[s]};
            granted[p][s] = grant_i[p];
          end
        end
      end
    end
  end

  // The lowest place that is free.
  always_comb begin
    slot_o = '0;
    for (int unsigned s = Depth; s > 0; s--) begin
      if (!waiting[s-1]) slot_o = SlotW'(s - 1);
    end
  end

  always_comb begin
    used = '0;
    freed = CountW'(valid_i && left == '0);
    for (int unsigned s = 0; s < Depth; s++) begin
      used += CountW'(waiting[s]);
      freed += CountW'(done[s]);
    end
  end

  assign ready_o = used + CountW'(valid_i) < CountW'(Depth);
  assign busy_o = waiting != '0 || debt_q != '0 || credit_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned p = 0; p < Ports; p++) wants_q[p] <= '0;
      debt_q   <= '0;
      credit_o <= 1'b0;
    end else if (valid_i || busy_o) begin
      for (int unsigned p = 0; p < Ports; p++) begin
        wants_q[p] <= (wants_q[p] & ~granted[p]) | ((valid_i && left[p]) ? Depth'(1) << slot_o : '0);
      end
      credit_o <= debt_q != '0 || freed != '0;
      debt_q   <= debt_q + freed - CountW'(debt_q != '0 || freed != '0);
    end
  end

  always_ff @(posedge clk_i) begin
    if (store_o || done != '0) begin
      for (int unsigned s = 0; s < Depth; s++) begin
        if (store_o && slot_o == SlotW'(s)) hop_q[s] <= hop_i;
        older_q[s] <= ((store_o && slot_o == SlotW'(s)) ? waiting : older_q[s]) & ~done;
      end
    end
  end

  `TATAMI_ASSERT(Space, !store_o || waiting != '1)
  `TATAMI_ASSERT(GrantHeads, (grant_i & ~head_valid_o) == '0)
endmodule : input_queue
