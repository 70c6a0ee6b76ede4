// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The default route: the port that a packet for node `target_i` of this die takes at node `at_i`, X first, then Y.
/// Combinational.
module route (
  input  logic [4:0]     at_y_i,
  input  logic [4:0]     at_x_i,
  input  logic [4:0]     target_y_i,
  input  logic [4:0]     target_x_i,
  output noc_pkg::port_e port_o
);
  always_comb begin
    if (target_x_i > at_x_i) port_o = noc_pkg::PortEast;
    else if (target_x_i < at_x_i) port_o = noc_pkg::PortWest;
    else if (target_y_i > at_y_i) port_o = noc_pkg::PortSouth;
    else if (target_y_i < at_y_i) port_o = noc_pkg::PortNorth;
    else port_o = noc_pkg::PortLocal;
  end
endmodule : route
