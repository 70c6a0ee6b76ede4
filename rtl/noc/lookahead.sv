// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Look-ahead: the output ports of a packet here and the one it will take at the next node. Combinational.
///
/// Two levels: a packet for this die goes to its node; any other goes to the node that has the die's exit, and leaves there.
/// A packet on its way brings its ports along (`known_i`); one that enters the die, from the local node or over the die's
/// edge, is routed here. A packet that leaves the die brings none: whoever receives it routes it anew. No port: no way
/// leads there. A cast to a group of this die may take several; where its copies go on is looked up by the links.
module lookahead (
  input  noc_pkg::node_id_t     at_i,
  input  noc_pkg::node_id_t     dst_i,
  // from the routing table
  input  noc_pkg::route_entry_t entry_i,
  input  noc_pkg::route_exit_t  exit_i,
  // a cast to a group of this die, and its ports if it begins here
  input  logic                  cast_i,
  input  router_pkg::ports_t    group_here_i,
  input  logic                  known_i,
  input  router_pkg::ports_t    ports_i,
  output router_pkg::ports_t    ports_o,
  // the ports at the next node, or the group
  output logic [router_pkg::NextW-1:0] next_o
);
  localparam router_pkg::ports_t North = router_pkg::set_of(noc_pkg::PortNorth);
  localparam router_pkg::ports_t East = router_pkg::set_of(noc_pkg::PortEast);
  localparam router_pkg::ports_t South = router_pkg::set_of(noc_pkg::PortSouth);
  localparam router_pkg::ports_t West = router_pkg::set_of(noc_pkg::PortWest);

  noc_pkg::port_e arrived, here, there, default_here, default_there, entry_there;
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
    if ({target_y, target_x} == {at_i.y, at_i.x}) here = arrived;
    else here = exit_i.by_table ? entry_i.here : default_here;
    if (known_i) ports_o = ports_i;
    else ports_o = cast_i ? group_here_i : router_pkg::set_of(here);
  end

  always_comb begin
    {next_y, next_x} = {at_i.y, at_i.x};
    entry_there = noc_pkg::PortNone;
    unique case (ports_o)
      North: begin
        next_y = at_i.y - 5'd1;
        entry_there = entry_i.north;
      end
      South: begin
        next_y = at_i.y + 5'd1;
        entry_there = entry_i.south;
      end
      East: begin
        next_x = at_i.x + 5'd1;
        entry_there = entry_i.east;
      end
      West: begin
        next_x = at_i.x - 5'd1;
        entry_there = entry_i.west;
      end
      default: ;
    endcase
  end

  always_comb begin
    if ({target_y, target_x} == {at_i.y, at_i.x}) there = noc_pkg::PortNone;  // here, or over the edge
    else if ({target_y, target_x} == {next_y, next_x}) there = arrived;
    else there = exit_i.by_table ? entry_there : default_there;
    next_o = cast_i ? router_pkg::NextW'({dst_i.y, dst_i.x}) : router_pkg::NextW'(router_pkg::set_of(there));
  end
endmodule : lookahead
