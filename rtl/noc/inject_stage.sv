// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Where packets of one class enter from the node: a packet is routed, stamped and held, and arrives at its queue one cycle
/// after the handshake.
///
/// Handshake: valid/ready at the node's side, of which `ready_i` is the queue's; what arrives has a place there.
module inject_stage (
  input  logic                         clk_i,
  input  logic                         rst_ni,
  input  logic                         valid_i,
  input  logic                         ready_i,
  input  noc_pkg::packet_t             packet_i,
  // for a packet that enters now: its stamp, and the routes to its node, to other dies and to its group
  input  noc_pkg::node_id_t            at_i,
  input  router_pkg::stamp_t           stamp_i,
  input  logic                         by_table_i,
  input  router_pkg::ways_t            entry_i,
  input  router_pkg::ways_t            exit_i,
  input  router_pkg::ways_t            group_i,
  // the packet that arrives, with its stamp and the ports that it takes here, and where it goes on, see packet_route
  output logic                         valid_o,
  output noc_pkg::packet_t             packet_o,
  output logic                         cast_o,
  output router_pkg::ports_t           ways_o[router_pkg::Links],
  output logic [router_pkg::NextW-1:0] next_o
);
  router_pkg::ports_t ports, ways[router_pkg::Links];
  logic [router_pkg::NextW-1:0] next;
  logic cast, enters;

  assign enters = valid_i && ready_i;

  packet_route u_route (
    .valid_i,
    .at_i,
    .header_i(packet_i.header),
    .known_i(1'b0),
    .by_table_i,
    .entry_i,
    .exit_i,
    .group_i,
    .cast_o(cast),
    .ports_o(ports),
    .ways_o(ways),
    .next_o(next)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_o <= 1'b0;
    else valid_o <= enters;
  end

  always_ff @(posedge clk_i) begin
    if (enters) begin
      packet_o <= packet_i;
      packet_o.header.ports <= ports;
      packet_o.header.stamp <= stamp_i;
      ways_o <= ways;
      next_o <= next;
      cast_o <= cast;
    end
  end
endmodule : inject_stage
