// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The ways of one packet: the ports that it takes here, and those at the next node. Combinational.
///
/// Two levels: a packet for this die goes to its node; any other goes to the node that has the die's exit, and leaves there.
/// A packet on its way brings its ports along (`known_i`); one that enters the die, from the local node or over the die's
/// edge, is routed here. A packet that leaves the die brings none: whoever receives it routes it anew. A cast to a group of
/// this die may take several ports.
module packet_route (
  input  logic                         valid_i,
  input  noc_pkg::node_id_t            at_i,
  input  noc_pkg::header_t             header_i,
  input  logic                         known_i,
  // the route to its node, those of all packets for other dies, and of its group
  input  logic                         by_table_i,
  input  router_pkg::ways_t            entry_i,
  input  router_pkg::ways_t            exit_i,
  input  router_pkg::ways_t            group_i,
  // it is a cast to a group of this die
  output logic                         cast_o,
  output router_pkg::ports_t           ports_o,
  // the ports at the next node, by the link that it leaves by; of a packet with one way, or the group of a cast
  output router_pkg::ports_t           ways_o[router_pkg::Links],
  output logic [router_pkg::NextW-1:0] next_o
);
  import router_pkg::Links, router_pkg::ports_t;

  logic on_die, away;
  router_pkg::ways_t node_ways, ways;

  assign on_die = header_i.dst_die == at_i.die;
  assign cast_o = valid_i && header_i.cast && on_die;
  assign away = valid_i && !on_die;

  lookahead u_lookahead (
    .valid_i(valid_i && on_die && !header_i.cast),
    .at_i,
    .y_i(header_i.dst_y),
    .x_i(header_i.dst_x),
    .arrived_i(router_pkg::set_of(noc_pkg::PortLocal)),
    .by_table_i,
    .entry_i,
    .ways_o(node_ways)
  );

  assign ways = node_ways | (away ? exit_i : '0) | (cast_o ? group_i : '0);
  assign ports_o = known_i ? header_i.ports : ways.here;

  always_comb begin
    next_o = '0;
    for (int unsigned l = 0; l < Links; l++) begin
      ways_o[l] = ways.next[l];
      if (ports_o[l+1]) next_o |= router_pkg::NextW'(ways.next[l]);
    end
    if (cast_o) next_o = router_pkg::NextW'({header_i.dst_y, header_i.dst_x});
  end

  logic unused_header;
  assign unused_header = ^header_i;
endmodule : packet_route
