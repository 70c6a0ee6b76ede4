// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Look-ahead: where packets for one node of this die go, here and at each neighbour. Combinational.
///
/// By the routing table, or X first, then Y. At the target they take `arrived_i`: to the local node, or over the die's edge. No port:
/// no way leads there. All neighbours are looked at side by side, so that what is late, the table, is chosen last.
module lookahead (
  // zero otherwise
  input  logic               valid_i,
  input  noc_pkg::node_id_t  at_i,
  input  logic [4:0]         y_i,
  input  logic [4:0]         x_i,
  input  router_pkg::ports_t arrived_i,
  input  logic               by_table_i,
  input  router_pkg::ways_t  entry_i,
  output router_pkg::ways_t  ways_o
);
  import router_pkg::Links;

  // The default route from a node: X first, then Y.
  function automatic noc_pkg::port_e route(logic [4:0] y, logic [4:0] x);
    if (x_i > x) return noc_pkg::PortEast;
    if (x_i < x) return noc_pkg::PortWest;
    if (y_i > y) return noc_pkg::PortSouth;
    if (y_i < y) return noc_pkg::PortNorth;
    return noc_pkg::PortLocal;
  endfunction

  // From a node: whether the table says, and the ports otherwise.
  function automatic logic [router_pkg::Ports:0] way(logic [4:0] y, logic [4:0] x);
    noc_pkg::port_e port = route(y, x);
    if (port == noc_pkg::PortLocal) return {1'b0, arrived_i};
    return by_table_i ? {1'b1, router_pkg::ports_t'(0)} : {1'b0, router_pkg::set_of(port)};
  endfunction

  router_pkg::ways_t known;
  logic [Links:0] by_table;

  always_comb begin
    known = '0;
    by_table = '0;
    if (valid_i) begin
      {by_table[Links], known.here} = way(at_i.y, at_i.x);
      // What is here goes to no neighbour, but over the edge perhaps.
      if (y_i != at_i.y || x_i != at_i.x) begin
        {by_table[0], known.next[0]} = way(at_i.y - 5'd1, at_i.x);
        {by_table[1], known.next[1]} = way(at_i.y, at_i.x + 5'd1);
        {by_table[2], known.next[2]} = way(at_i.y + 5'd1, at_i.x);
        {by_table[3], known.next[3]} = way(at_i.y, at_i.x - 5'd1);
      end
    end
    ways_o.here = known.here | (by_table[Links] ? entry_i.here : '0);
    for (int unsigned l = 0; l < Links; l++) ways_o.next[l] = known.next[l] | (by_table[l] ? entry_i.next[l] : '0);
  end

  logic unused_die;
  assign unused_die = ^at_i.die;
endmodule : lookahead
