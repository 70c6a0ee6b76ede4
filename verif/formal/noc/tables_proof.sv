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
  input logic [19:0]                    die_i,
  input logic [router_pkg::Links-1:0]   leave_i,
  input router_pkg::group_t             group_i[router_pkg::Links]
);
  localparam noc_pkg::route_entry_t None = '{default: noc_pkg::PortNone};
  localparam logic [13:0] ExitAfterReset = {1'b0, 3'(noc_pkg::PortWest), 10'd0};

  `TATAMI_FORMAL_RESET

  noc_pkg::route_entry_t entry[router_pkg::Sources];
  noc_pkg::route_exit_t routes;
  router_pkg::ports_t here[router_pkg::Sources];
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
    .die_i,
    .entry_o(entry),
    .exit_o (routes)
  );

  group_table u_groups (
    .clk_i,
    .rst_ni,
    .write_i,
    .enter_i(read_i),
    .dst_i,
    .here_o (here),
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

  logic is_node, is_group;
  assign is_node  = watched[9:5] < 5'(cfg_pkg::DieRows) && watched[4:0] < 5'(cfg_pkg::DieCols);
  assign is_group = watched < 10'(cfg_pkg::NocGroups);

  // Control writes entries that exist only (packet_check).
  `TATAMI_ASSUME(
      WriteNode,
      !write_i.entry || (write_i.index[9:5] < 5'(cfg_pkg::DieRows) && write_i.index[4:0] < 5'(cfg_pkg::DieCols)))
  `TATAMI_ASSUME(WriteGroup, !write_i.group || write_i.index < 10'(cfg_pkg::NocGroups))
  `TATAMI_ASSERT(Exit, routes == exit_q)

  for (genvar s = 0; s < router_pkg::Sources; s++) begin : gen_source
    logic [9:0] node;
    logic looks, asks;

    assign node  = (dst_i[s].die == die_i) ? {dst_i[s].y, dst_i[s].x} : exit_q[9:0];
    assign looks = node == watched;
    assign asks  = {dst_i[s].y, dst_i[s].x} == watched;

    `TATAMI_ASSERT(Entry, !read_i[s] || !looks || !is_node || !written_q || entry[s] == entry_q)
    `TATAMI_ASSERT(Absent, !looks || (read_i[s] && is_node) || entry[s] == None)
    `TATAMI_ASSERT(Here, !asks || here[s] == ((read_i[s] && is_group) ? group_q[24:20] : 5'd0))
  end

  for (genvar l = 0; l < router_pkg::Links; l++) begin : gen_link
    `TATAMI_ASSERT(Next, 10'(group_i[l]) != watched || next[l] == (leave_i[l] ? group_q[19-5*l-:5] : 5'd0))
  end

  `TATAMI_COVER(SecondWrite, written_q && write_i.entry && write_i.index == watched && write_i.data[14:0] != entry_q)
  `TATAMI_COVER(OtherDie, read_i[0] && dst_i[0].die != die_i && exit_q[9:0] == watched && written_q)
endmodule : tables_proof
