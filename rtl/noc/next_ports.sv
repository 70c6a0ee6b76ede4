// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The ports that a packet which leaves by a link takes at the next node. Combinational.
///
/// They were found when the packet arrived, but those of a cast depend on the link: a stored cast looks its group up now.
module next_ports (
  input  router_pkg::send_t   send_i,
  input  router_pkg::stored_t stored_i,
  // by queue and place, and by queue for what arrives
  input  router_pkg::hop_t [router_pkg::Places-1:0] stored_hop_i[router_pkg::Queues],
  input  router_pkg::ports_t arriving_i[router_pkg::Queues],
  // the group of a stored cast, and the answer
  output logic               cast_o,
  output router_pkg::group_t group_o,
  input  router_pkg::ports_t group_ports_i,
  output router_pkg::ports_t ports_o
);
  router_pkg::hop_t hop;
  router_pkg::ports_t through;

  always_comb begin
    hop = '0;
    through = '0;
    if (send_i.held) begin
      for (int unsigned q = 0; q < router_pkg::Queues; q++) begin
        for (int unsigned s = 0; s < router_pkg::Places; s++) begin
          if (stored_i[q][s]) hop |= stored_hop_i[q][s];
        end
      end
    end
    if (send_i.active) begin
      for (int unsigned q = 0; q < router_pkg::Queues; q++) begin
        if (send_i.through[q]) through |= arriving_i[q];
      end
    end
  end

  assign cast_o = hop.cast;
  assign group_o = hop.next[router_pkg::GroupW-1:0];
  assign ports_o = through | (hop.cast ? group_ports_i : hop.next[router_pkg::Ports-1:0]);

  logic unused_send;
  assign unused_send = send_i.valid;
endmodule : next_ports
