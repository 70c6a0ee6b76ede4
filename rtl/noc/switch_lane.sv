// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A lane of the crossbar: some bits of all packets in the router, and the switch between queues and outputs.
///
/// Every output reads any place of any queue, so one queue may send to several outputs in a cycle. Nothing changes without an
/// event. Latency: 1 cycle from a place, or from `arriving_i`, to `link_o`, which means nothing when nothing was sent, or to an
/// eject slot.
module switch_lane #(
  parameter int unsigned Width = 64
) (
  input  logic                          clk_i,
  input  logic [Width-1:0]              arriving_i[router_pkg::Sources],
  // queues at which packets arrive, and the place for each; it is written even when the packet goes through, which is known late
  input  logic [router_pkg::Queues-1:0] arrive_i,
  input  router_pkg::place_t            place_i[router_pkg::Queues],
  // what leaves: by link, then for the local node by class
  input  router_pkg::send_t             send_i[router_pkg::Links+2],
  input  router_pkg::stored_t           stored_i[router_pkg::Links+2],
  output logic [Width-1:0]              link_o[router_pkg::Links],
  // slots for the local node, by class: the one to write, and the one to read
  input  router_pkg::eject_t            write_i[2],
  input  router_pkg::eject_t            read_i[2],
  output logic [Width-1:0]              eject_o[2]
);
  import router_pkg::Links, router_pkg::Ports, router_pkg::Queues;
  import router_pkg::Places, router_pkg::EjectDepth;

  logic [Width-1:0] places_q[Queues][Places];  // those beyond a queue's depth are never written
  logic [Width-1:0] slots_q[2][EjectDepth];

  for (genvar q = 0; q < Queues; q++) begin : gen_queue
    always_ff @(posedge clk_i) begin
      if (arrive_i[q]) places_q[q][place_i[q]] <= arriving_i[router_pkg::source(q)];
    end
  end

  // What an output sends: from its `count` queues from `first` on, but none of a link's own input, as nothing goes back.
  function automatic logic [Width-1:0] leaving(router_pkg::stored_t stored, logic [Queues-1:0] through,
                                               int unsigned first, int unsigned count, int unsigned own);
    logic [Width-1:0] bits = '0;
    for (int unsigned k = 0; k < count; k++) begin
      if (k % Ports != own) begin
        if (through[k]) bits |= arriving_i[router_pkg::source(first+k)];
        for (int unsigned s = 0; s < router_pkg::depth(k); s++) begin
          if (stored[k][s]) bits |= places_q[first+k][s];
        end
      end
    end
    return bits;
  endfunction

  for (genvar o = 0; o < Links; o++) begin : gen_link
    always_ff @(posedge clk_i) begin
      if (send_i[o].active) link_o[o] <= leaving(stored_i[o], send_i[o].through, 0, Queues, o);
    end
  end

  for (genvar c = 0; c < 2; c++) begin : gen_eject
    always_ff @(posedge clk_i) begin
      if (send_i[Links+c].valid) begin
        slots_q[c][write_i[c]] <= leaving(stored_i[Links+c], send_i[Links+c].through, c * Ports, Ports, Ports);
      end
    end

    assign eject_o[c] = slots_q[c][read_i[c]];
  end
endmodule : switch_lane
