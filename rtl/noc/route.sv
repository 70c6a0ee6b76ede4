// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Output port that a packet for `dst_i` takes at node `at_i`. Combinational.
///
/// Two levels: a packet for this die goes X first, then Y; any other leaves by the die's exit, which is the west link
/// of node (0,0), and gets there X first, then Y, too. This module is the boundary behind which a table may take
/// over.
module route (
  input  noc_pkg::node_id_t at_i,
  input  noc_pkg::node_id_t dst_i,
  output noc_pkg::port_e    port_o
);
  localparam logic [4:0] ExitY = 5'd0;
  localparam logic [4:0] ExitX = 5'd0;

  logic on_die;
  logic [4:0] target_y, target_x;

  assign on_die = dst_i.die == at_i.die;
  assign target_y = on_die ? dst_i.y : ExitY;
  assign target_x = on_die ? dst_i.x : ExitX;

  always_comb begin
    if (target_x > at_i.x) port_o = noc_pkg::PortEast;
    else if (target_x < at_i.x) port_o = noc_pkg::PortWest;
    else if (target_y > at_i.y) port_o = noc_pkg::PortSouth;
    else if (target_y < at_i.y) port_o = noc_pkg::PortNorth;
    else port_o = on_die ? noc_pkg::PortLocal : noc_pkg::PortWest;
  end
endmodule : route
