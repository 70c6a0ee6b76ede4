// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Routing, at every node and for every destination. A packet that enters takes the port that the table has for it, or
/// without tables the one that brings it a step nearer, X first; and what a router says of the next node is what that node
/// says itself, so a packet that is on its way and one that enters take the same ways. Nothing turns back, and all arrive.
module lookahead_proof (
  input logic                  clk_i,
  input logic                  rst_ni,
  input noc_pkg::node_id_t     at_i,
  input noc_pkg::node_id_t     dst_i,
  input noc_pkg::route_entry_t entry_i,  // of the node that it goes to
  input noc_pkg::route_exit_t  exit_i,
  input logic                  cast_i,
  input router_pkg::ways_t     group_i,
  input logic                  known_i,
  input router_pkg::ports_t    ports_i
);
  `TATAMI_FORMAL_RESET

  noc_pkg::header_t header;
  router_pkg::ways_t entry, exit_ways, exit_ways_there;
  router_pkg::ports_t ports, next_ports;
  router_pkg::ports_t ways[router_pkg::Links];
  logic [router_pkg::NextW-1:0] next;
  logic is_cast;

  function automatic router_pkg::ports_t only(input noc_pkg::port_e port);
    return (port == noc_pkg::PortNone) ? '0 : router_pkg::ports_t'(1) << port;
  endfunction

  always_comb begin
    header = '0;
    header.ports = ports_i;
    header.cast = cast_i;
    {header.dst_die, header.dst_y, header.dst_x} = dst_i;
    entry = '{
        here: only(entry_i.here),
        next: {only(entry_i.west), only(entry_i.south), only(entry_i.east), only(entry_i.north)}
    };
  end

  lookahead u_exit (
    .valid_i   (1'b1),
    .at_i,
    .y_i       (exit_i.y),
    .x_i       (exit_i.x),
    .arrived_i (only(exit_i.port)),
    .by_table_i(exit_i.by_table),
    .entry_i   (entry),
    .ways_o    (exit_ways)
  );

  packet_route u_here (
    .valid_i   (1'b1),
    .at_i,
    .header_i  (header),
    .known_i,
    .by_table_i(exit_i.by_table),
    .entry_i   (entry),
    .exit_i    (exit_ways),
    .group_i,
    .cast_o    (is_cast),
    .ports_o   (ports),
    .ways_o    (ways),
    .next_o    (next)
  );

  // Where the packet goes to, and the neighbour that it gets to by its port; the ways from there without tables.
  logic [4:0] to_y, to_x;
  noc_pkg::port_e last;
  noc_pkg::node_id_t neighbour;
  noc_pkg::header_t header_there;

  always_comb begin
    {to_y, to_x, last} = {exit_i.y, exit_i.x, exit_i.port};
    if (dst_i.die == at_i.die) {to_y, to_x, last} = {dst_i.y, dst_i.x, noc_pkg::PortLocal};
    header_there = header;
    header_there.cast = 1'b0;
    neighbour = at_i;
    if (ports[noc_pkg::PortNorth]) neighbour.y = at_i.y - 1'b1;
    if (ports[noc_pkg::PortSouth]) neighbour.y = at_i.y + 1'b1;
    if (ports[noc_pkg::PortWest]) neighbour.x = at_i.x - 1'b1;
    if (ports[noc_pkg::PortEast]) neighbour.x = at_i.x + 1'b1;
  end

  lookahead u_exit_there (
    .valid_i   (1'b1),
    .at_i      (neighbour),
    .y_i       (exit_i.y),
    .x_i       (exit_i.x),
    .arrived_i (only(exit_i.port)),
    .by_table_i(1'b0),
    .entry_i   ('0),
    .ways_o    (exit_ways_there)
  );

  packet_route u_there (
    .valid_i   (1'b1),
    .at_i      (neighbour),
    .header_i  (header_there),
    .known_i   (1'b0),
    .by_table_i(1'b0),
    .entry_i   ('0),
    .exit_i    (exit_ways_there),
    .group_i   ('0),
    .cast_o    (),
    .ports_o   (next_ports),
    .ways_o    (),
    .next_o    ()
  );

  function automatic logic [5:0] distance(input logic [4:0] a, input logic [4:0] b);
    return (a > b) ? 6'(a - b) : 6'(b - a);
  endfunction

  logic [5:0] far_x, far_y, farther_x, farther_y;
  logic enters, arrives, arrived, on_link, one_link, by_table;
  noc_pkg::port_e entry_there;
  router_pkg::ports_t back;  // the ports at the neighbour that lead here

  always_comb begin
    far_x = distance(at_i.x, to_x);
    far_y = distance(at_i.y, to_y);
    farther_x = distance(neighbour.x, to_x);
    farther_y = distance(neighbour.y, to_y);
    arrived = far_x == '0 && far_y == '0;
    arrives = farther_x == '0 && farther_y == '0;
    back = (ports & 5'b00110) << 2 | (ports & 5'b11000) >> 2;
    enters = !is_cast && !known_i;
    by_table = exit_i.by_table;
    on_link = ports inside {5'b00010, 5'b00100, 5'b01000, 5'b10000};
    one_link = !is_cast && on_link && !arrived;
    unique case (ports)
      5'b00010: entry_there = entry_i.north;
      5'b00100: entry_there = entry_i.east;
      5'b01000: entry_there = entry_i.south;
      default: entry_there = entry_i.west;
    endcase
  end

  // By the tables.
  `TATAMI_ASSERT(Known, !known_i || ports == ports_i)
  `TATAMI_ASSERT(IsCast, is_cast == (cast_i && dst_i.die == at_i.die))
  `TATAMI_ASSERT(Cast, known_i || !is_cast || ports == group_i.here)
  `TATAMI_ASSERT(CastGroup, !is_cast || next == router_pkg::NextW'({dst_i.y, dst_i.x}))
  `TATAMI_ASSERT(Arrived, !enters || !arrived || ports == only(last))
  `TATAMI_ASSERT(ByTable, !enters || arrived || !by_table || ports == only(entry_i.here))
  `TATAMI_ASSERT(NextByTable,
                 !one_link || !by_table || next == router_pkg::NextW'((farther_x == '0 && farther_y == '0) ? only(last
                 ) : only(entry_there)))
  for (genvar l = 0; l < router_pkg::Links; l++) begin : gen_link
    `TATAMI_ASSERT(CastWay, !is_cast || ways[l] == group_i.next[l])
    `TATAMI_ASSERT(Way, !one_link || !ports[l+1] || router_pkg::NextW'(ways[l]) == next)
  end
  // Without tables.
  `TATAMI_ASSERT(Nearer, !enters || arrived || by_table || (on_link && farther_x + farther_y + 6'd1 == far_x + far_y))
  `TATAMI_ASSERT(XFirst, !enters || arrived || by_table || far_x == '0 || farther_y == far_y)
  `TATAMI_ASSERT(SameThere, !one_link || by_table || next == router_pkg::NextW'(next_ports))
  `TATAMI_ASSERT(NoTurnBack, !enters || !one_link || by_table || arrives || (next[4:0] & back) == '0)
  `TATAMI_COVER(Turns, enters && !by_table && ports == 5'b00100 && next == router_pkg::NextW'(5'b00010))
  `TATAMI_COVER(OtherDie, enters && arrived && dst_i.die != at_i.die && ports == 5'b10000)
  `TATAMI_COVER(NoWay, enters && by_table && ports == '0)
endmodule : lookahead_proof
