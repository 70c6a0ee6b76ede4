// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The routing and the group table give what was last written: of an entry chosen by the solver, for every place that
/// reads. What is not in the table has no way; groups and the routes in general begin as after reset.
module tables_proof (
  input logic                           clk_i,
  input logic                           rst_ni,
  input router_pkg::route_write_t       write_i,
  input logic [router_pkg::Sources-1:0] read_i,
  input noc_pkg::node_id_t              dst_i[router_pkg::Sources],
  input logic [router_pkg::Links-1:0]   leave_i,
  input router_pkg::group_t             group_i[router_pkg::Links]
);
  localparam logic [13:0] ExitAfterReset = {1'b0, 3'(noc_pkg::PortWest), 10'd0};

  `TATAMI_FORMAL_RESET

  router_pkg::ways_t entry[router_pkg::Sources];
  router_pkg::ways_t exit_entry;
  noc_pkg::route_exit_t routes;
  router_pkg::ways_t group[router_pkg::Sources];
  router_pkg::ports_t next[router_pkg::Links];
  logic [9:0] watched;  // 32 y + x of a node, and a group

  any_constant #(
    .Width(10)
  ) u_watched (
    .clk_i,
    .value_o(watched)
  );

  route_table u_routes (
    .clk_i,
    .rst_ni,
    .write_i,
    .read_i,
    .dst_i,
    .entry_o(entry),
    .exit_entry_o(exit_entry),
    .exit_o (routes)
  );

  group_table u_groups (
    .clk_i,
    .rst_ni,
    .write_i,
    .read_i,
    .dst_i,
    .entry_o(group),
    .leave_i,
    .group_i,
    .next_o (next)
  );

  logic written_q;
  logic [14:0] entry_q;
  logic [13:0] exit_q;
  logic [24:0] group_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      written_q <= 1'b0;
      exit_q <= ExitAfterReset;
      group_q <= '0;
    end else begin
      if (write_i.entry && write_i.index == watched) begin
        written_q <= 1'b1;
        entry_q <= write_i.data[14:0];
      end
      if (write_i.exit) exit_q <= write_i.data[13:0];
      if (write_i.group && write_i.index == watched) group_q <= write_i.data;
    end
  end

  logic is_node, is_group, is_exit;
  assign is_node  = watched[9:5] < 5'(cfg_pkg::DieRows) && watched[4:0] < 5'(cfg_pkg::DieCols);
  assign is_group = watched < 10'(cfg_pkg::NocGroups);
  assign is_exit  = exit_q[9:0] == watched;

  // What the entry that was written says as sets of ports. By a link it goes on by another one, and not back; else by none.
  function automatic router_pkg::ports_t only(input logic [2:0] port);
    return (port == 3'd7) ? '0 : router_pkg::ports_t'(1) << port;
  endfunction

  router_pkg::ports_t there[router_pkg::Links];
  assign there = '{
          only(entry_q[11:9]) & 5'b10110,
          only(entry_q[8:6]) & 5'b01110,
          only(entry_q[5:3]) & 5'b11100,
          only(entry_q[2:0]) & 5'b11010
      };

  // Control writes entries that exist only (packet_check), and one thing at a time.
  `TATAMI_ASSUME(
      WriteNode,
      !write_i.entry || (write_i.index[9:5] < 5'(cfg_pkg::DieRows) && write_i.index[4:0] < 5'(cfg_pkg::DieCols)))
  `TATAMI_ASSUME(WriteGroup, !write_i.group || write_i.index < 10'(cfg_pkg::NocGroups))
  `TATAMI_ASSUME(WriteOne, !write_i.entry || !write_i.exit)
  `TATAMI_ASSERT(Exit, routes == exit_q)
  `TATAMI_ASSERT(ExitHere, !is_exit || !written_q || exit_entry.here == only(entry_q[14:12]))
  `TATAMI_ASSERT(ExitAbsent, !is_exit || is_node || exit_entry == '0)

  for (genvar s = 0; s < router_pkg::Sources; s++) begin : gen_source
    logic asks;

    assign asks = {dst_i[s].y, dst_i[s].x} == watched;

    `TATAMI_ASSERT(Here, !asks || !read_i[s] || !is_node || !written_q || entry[s].here == only(entry_q[14:12]))
    `TATAMI_ASSERT(Absent, !asks || (read_i[s] && is_node) || entry[s] == '0)
    `TATAMI_ASSERT(GroupHere, !asks || group[s].here == ((read_i[s] && is_group) ? group_q[24:20] : 5'd0))
    for (genvar l = 0; l < router_pkg::Links; l++) begin : gen_link
      `TATAMI_ASSERT(There, !asks || !read_i[s] || !is_node || !written_q || s == l || entry[s].next[l] == there[l])
      `TATAMI_ASSERT(GroupThere, !asks || group[s].next[l] == ((read_i[s] && is_group) ? group_q[19-5*l-:5] : 5'd0))
    end
  end

  for (genvar l = 0; l < router_pkg::Links; l++) begin : gen_link
    `TATAMI_ASSERT(ExitThere, !is_exit || !written_q || exit_entry.next[l] == there[l])
    `TATAMI_ASSERT(Next, 10'(group_i[l]) != watched || next[l] == (leave_i[l] ? group_q[19-5*l-:5] : 5'd0))
  end

  `TATAMI_COVER(SecondWrite, written_q && write_i.entry && write_i.index == watched && write_i.data[14:0] != entry_q)
  `TATAMI_COVER(OtherDie, is_exit && written_q && exit_q != ExitAfterReset)
endmodule : tables_proof
