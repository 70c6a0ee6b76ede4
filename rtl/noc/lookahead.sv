// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Look-ahead: the output port of a packet here and the one it will take at the next node. Combinational.
///
/// A packet on its way brings its port along (`known_i`); one that enters the die, from the local node or over the
/// die's edge, is routed here. A packet that leaves the die or the mesh carries LOCAL: whoever receives it routes it
/// anew.
module lookahead (
  input  noc_pkg::node_id_t at_i,
  input  logic              known_i,
  input  noc_pkg::port_e    port_i,
  input  noc_pkg::node_id_t dst_i,
  output noc_pkg::port_e    port_o,
  output noc_pkg::port_e    next_port_o
);
  noc_pkg::port_e here, there;
  noc_pkg::node_id_t next;

  route u_here (
    .at_i,
    .dst_i,
    .port_o(here)
  );

  route u_there (
    .at_i(next),
    .dst_i,
    .port_o(there)
  );

  assign port_o = known_i ? port_i : here;

  always_comb begin
    next = at_i;
    unique case (port_o)
      noc_pkg::PortNorth: next.y = at_i.y - 5'd1;
      noc_pkg::PortSouth: next.y = at_i.y + 5'd1;
      noc_pkg::PortEast: next.x = at_i.x + 5'd1;
      noc_pkg::PortWest: next.x = at_i.x - 5'd1;
      default: ;
    endcase
  end

  always_comb begin
    next_port_o = there;
    if (port_o == noc_pkg::PortLocal) next_port_o = noc_pkg::PortLocal;
    if (port_o == noc_pkg::PortWest && at_i.x == 5'd0) next_port_o = noc_pkg::PortLocal;
  end
endmodule : lookahead
