// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Look-ahead: the output port of a packet here and the one it will take at the next node. Combinational.
///
/// Two levels: a packet for this die goes to its node; any other goes to the node that has the die's exit, and leaves there.
/// A packet on its way brings its port along (`known_i`); one that enters the die, from the local node or over the die's
/// edge, is routed here. A packet that leaves the die carries LOCAL: whoever receives it routes it anew. NONE: no way
/// leads there.
module lookahead (
  input  noc_pkg::node_id_t     at_i,
  input  noc_pkg::node_id_t     dst_i,
  // from the routing table
  input  noc_pkg::route_entry_t entry_i,
  input  noc_pkg::route_exit_t  exit_i,
  input  logic                  known_i,
  input  noc_pkg::port_e        port_i,
  output noc_pkg::port_e        port_o,
  output noc_pkg::port_e        next_port_o
);
  noc_pkg::port_e arrived, default_here, default_there, entry_there;
  logic on_die;
  logic [4:0] target_y, target_x, next_y, next_x;

  assign on_die = dst_i.die == at_i.die;
  assign {target_y, target_x} = on_die ? {dst_i.y, dst_i.x} : {exit_i.y, exit_i.x};
  assign arrived = on_die ? noc_pkg::PortLocal : exit_i.port;

  route u_here (
    .at_y_i(at_i.y),
    .at_x_i(at_i.x),
    .target_y_i(target_y),
    .target_x_i(target_x),
    .port_o(default_here)
  );

  route u_there (
    .at_y_i(next_y),
    .at_x_i(next_x),
    .target_y_i(target_y),
    .target_x_i(target_x),
    .port_o(default_there)
  );

  always_comb begin
    if (known_i) port_o = port_i;
    else if ({target_y, target_x} == {at_i.y, at_i.x}) port_o = arrived;
    else port_o = exit_i.by_table ? entry_i.here : default_here;
  end

  always_comb begin
    {next_y, next_x} = {at_i.y, at_i.x};
    entry_there = noc_pkg::PortNone;
    unique case (port_o)
      noc_pkg::PortNorth: begin
        next_y = at_i.y - 5'd1;
        entry_there = entry_i.north;
      end
      noc_pkg::PortSouth: begin
        next_y = at_i.y + 5'd1;
        entry_there = entry_i.south;
      end
      noc_pkg::PortEast: begin
        next_x = at_i.x + 5'd1;
        entry_there = entry_i.east;
      end
      noc_pkg::PortWest: begin
        next_x = at_i.x - 5'd1;
        entry_there = entry_i.west;
      end
      default: ;
    endcase
  end

  always_comb begin
    if ({target_y, target_x} == {at_i.y, at_i.x}) next_port_o = noc_pkg::PortLocal;  // here, or over the edge
    else if ({target_y, target_x} == {next_y, next_x}) next_port_o = arrived;
    else next_port_o = exit_i.by_table ? entry_there : default_there;
  end
endmodule : lookahead
