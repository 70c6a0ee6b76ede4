// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The way of a packet through a router at any place of a die, at the router's ports: software writes routes and groups,
/// then one packet comes, from the node or over the die's western edge, to any destination. It leaves by the ports that the
/// tables have for it, or X first, then Y, once by each, with the ports that it takes at the neighbour there; without a way
/// it is dropped and recorded.
module routes_proof (
  input logic                     clk_i,
  input logic                     rst_ni,
  input router_pkg::route_write_t write_i,
  input logic                     inject_i,  // else over the edge
  input logic                     comes_i,
  input logic [1:0]               eject_ready_i
);
  localparam int unsigned Links = router_pkg::Links;
  localparam int unsigned West = 3;
  localparam logic [13:0] ExitAfterReset = {1'b0, 3'(noc_pkg::PortWest), 10'd0};

  `TATAMI_FORMAL_RESET

  // Chosen once: the router's place, the packet.
  noc_pkg::node_id_t id, dst;
  logic cast;
  noc_pkg::class_e cls;

  any_constant #(
    .Width(2 * $bits(noc_pkg::node_id_t) + 2)
  ) u_choice (
    .clk_i,
    .value_o({id, dst, cast, cls})
  );

  noc_pkg::packet_t packet;
  noc_pkg::link_t [3:0] link_in, link_out;
  noc_pkg::packet_t [1:0] eject;
  logic [1:0] inject_valid, inject_ready, eject_valid;
  router_pkg::lost_t lost_dst;
  logic lost, busy, enters, came_q;

  always_comb begin
    packet = '0;
    packet.header.cls = cls;
    packet.header.cast = cast;
    {packet.header.dst_die, packet.header.dst_y, packet.header.dst_x} = dst;
    link_in = '0;
    inject_valid = '0;
    if (comes_i && !came_q) begin
      if (inject_i) inject_valid[cls] = 1'b1;
      else link_in[West] = {1'b1, packet};
    end
  end

  router u_router (
    .clk_i,
    .rst_ni,
    .id_i          (id),
    .edge_i        (4'b1000),
    .link_i        (link_in),
    .link_o        (link_out),
    .credit_i      ('0),
    .credit_o      (),
    .inject_valid_i(inject_valid),
    .inject_ready_o(inject_ready),
    .inject_i      ({2{packet}}),
    .route_write_i (write_i),
    .eject_valid_o (eject_valid),
    .eject_ready_i,
    .eject_o       (eject),
    .lost_o        (lost),
    .lost_dst_o    (lost_dst),
    .busy_o        (busy)
  );

  // What software wrote, of the routes to where the packet is going.
  logic [9:0] target;
  logic on_die, written_q, wrote_q;
  noc_pkg::route_exit_t exit_q;
  noc_pkg::route_entry_t entry_q;
  noc_pkg::group_entry_t group_q;

  assign on_die = dst.die == id.die;
  assign target = on_die ? {dst.y, dst.x} : {exit_q.y, exit_q.x};

  always_ff @(posedge clk_i) begin
    wrote_q <= write_i.entry || write_i.exit || write_i.group;
    if (!rst_ni) begin
      exit_q <= noc_pkg::route_exit_t'(ExitAfterReset);
      written_q <= 1'b0;
      group_q <= '0;
    end else begin
      if (write_i.exit) exit_q <= noc_pkg::route_exit_t'(write_i.data[13:0]);
      // Entries after the exit: what they mean for other dies depends on it.
      if (write_i.exit) written_q <= 1'b0;
      else if (write_i.entry && write_i.index == target) begin
        written_q <= 1'b1;
        entry_q <= noc_pkg::route_entry_t'(write_i.data[14:0]);
      end
      if (write_i.group && write_i.index == {dst.y, dst.x}) group_q <= noc_pkg::group_entry_t'(write_i.data);
    end
  end

  function automatic logic on_grid(input logic [9:0] node);
    return node[9:5] < 5'(cfg_pkg::DieRows) && node[4:0] < 5'(cfg_pkg::DieCols);
  endfunction

  function automatic router_pkg::ports_t only(input noc_pkg::port_e port);
    return (port == noc_pkg::PortNone) ? '0 : router_pkg::ports_t'(1) << port;
  endfunction

  /// X first, then Y.
  function automatic router_pkg::ports_t straight(input logic [4:0] y, input logic [4:0] x, input logic [9:0] to);
    if (to[4:0] != x) return (to[4:0] > x) ? 5'b00100 : 5'b10000;
    return (to[9:5] > y) ? 5'b01000 : 5'b00010;
  endfunction

  // The ports that it takes here, and by link, at the neighbour.
  router_pkg::ports_t here, last;
  router_pkg::ports_t there[Links];
  logic [4:0] next_y[Links];
  logic [4:0] next_x[Links];
  router_pkg::ports_t entry_there[Links];
  router_pkg::ports_t group_there[Links];
  logic has_entry, is_cast;

  always_comb begin
    is_cast = cast && on_die;
    has_entry = on_grid(target);
    last = on_die ? only(noc_pkg::PortLocal) : only(exit_q.port);
    // Nothing turns back.
    entry_there = '{
        only(entry_q.north) & 5'b10110,
        only(entry_q.east) & 5'b01110,
        only(entry_q.south) & 5'b11100,
        only(entry_q.west) & 5'b11010
    };
    group_there = '{group_q.north, group_q.east, group_q.south, group_q.west};
    next_y = '{id.y - 5'd1, id.y, id.y + 5'd1, id.y};
    next_x = '{id.x, id.x + 5'd1, id.x, id.x - 5'd1};
    if (is_cast) here = ({dst.y, dst.x} < 10'(cfg_pkg::NocGroups)) ? group_q.here : '0;
    else if (target == {id.y, id.x}) here = last;
    else if (exit_q.by_table) here = has_entry ? only(entry_q.here) : '0;
    else here = straight(id.y, id.x, target);
    for (int unsigned l = 0; l < Links; l++) begin
      if (is_cast) there[l] = group_there[l];
      else if (target == {id.y, id.x}) there[l] = '0;
      else if (target == {next_y[l], next_x[l]}) there[l] = last;
      else if (exit_q.by_table) there[l] = entry_there[l];
      else there[l] = straight(next_y[l], next_x[l], target);
    end
  end

  assign enters = comes_i && !came_q && (!inject_i || inject_ready[cls]);

  `TATAMI_ASSUME(Known, !comes_i || !exit_q.by_table || is_cast || !has_entry || written_q)
  // The packet comes when nothing was written in the cycle before, and nothing is written after it.
  `TATAMI_ASSUME(WrittenBefore, !(comes_i || came_q) || !(wrote_q || write_i.entry || write_i.exit || write_i.group))
  `TATAMI_ASSUME(WriteNode, !write_i.entry || on_grid(write_i.index))
  `TATAMI_ASSUME(WriteGroup, !write_i.group || write_i.index < 10'(cfg_pkg::NocGroups))
  `TATAMI_ASSUME(NoTurnBack, inject_i || !here[noc_pkg::PortWest])
  // Entries and exits name ports that exist, and the local one only for the node itself.
  `TATAMI_ASSUME(IsEntry, !comes_i || entry_q.here inside {3'd1, 3'd2, 3'd3, 3'd4, 3'd7})
  `TATAMI_ASSUME(IsExit, !comes_i || exit_q.port inside {3'd1, 3'd2, 3'd3, 3'd4})

  // What has left.
  router_pkg::ports_t leaves, left_q;

  always_comb begin
    leaves[0] = (eject_valid & eject_ready_i) != '0;
    for (int unsigned l = 0; l < Links; l++) leaves[l+1] = link_out[l].valid;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      came_q <= 1'b0;
      left_q <= '0;
    end else begin
      came_q <= came_q || enters;
      left_q <= left_q | leaves;
    end
  end

  `TATAMI_ASSERT(OnItsWay, leaves == '0 || (came_q && (leaves & ~here) == '0))
  `TATAMI_ASSERT(Once, (leaves & left_q) == '0)
  `TATAMI_ASSERT(AllWays, !came_q || busy || left_q == here)
  `TATAMI_ASSERT(Dropped, !lost || (came_q && here == '0 && lost_dst == {is_cast, dst}))
  `TATAMI_ASSERT(Recorded, !came_q || busy || lost == (here == '0))
  for (genvar l = 0; l < Links; l++) begin : gen_link
    `TATAMI_ASSERT(There, !link_out[l].valid || link_out[l].packet.header.ports == there[l])
  end
  `TATAMI_COVER(Parts, came_q && !busy && $countones(left_q) == 4)
  `TATAMI_COVER(ByTable, came_q && !busy && exit_q.by_table && !is_cast && left_q == 5'b00010)
  `TATAMI_COVER(Lost, lost && !busy)
endmodule : routes_proof
