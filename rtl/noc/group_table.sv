// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The ways to the members of each group, as sets of output ports.
///
/// Software writes entries; after reset all are empty, and a group beyond `NocGroups` has none. As routing looks ahead and a
/// cast may leave by several links, each link reads on its own what its copy takes at the next node.
/// Latency: reads are combinational, a write counts from the next cycle on. In simulation the C++ side writes past the port
/// by DPI, in the scope of this instance.
module group_table (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  input  router_pkg::route_write_t       write_i,
  // casts that arrive, or enter here: the group as the header's destination
  input  logic [router_pkg::Sources-1:0] read_i,
  input  noc_pkg::node_id_t              dst_i[router_pkg::Sources],
  output router_pkg::ways_t              entry_o[router_pkg::Sources],
  // casts that were stored, and leave by a link
  input  logic [router_pkg::Links-1:0]   leave_i,
  input  router_pkg::group_t             group_i[router_pkg::Links],
  output router_pkg::ports_t             next_o[router_pkg::Links]
);
  import router_pkg::Sources, router_pkg::group_t;
  localparam int unsigned Groups = cfg_pkg::NocGroups;

  noc_pkg::group_entry_t entries[Groups];

  function automatic router_pkg::ways_t ways(noc_pkg::group_entry_t entry);
    return '{here: entry.here, next: {entry.west, entry.south, entry.east, entry.north}};
  endfunction

  always_comb begin
    for (int unsigned s = 0; s < Sources; s++) begin
      entry_o[s] = '0;
      if (read_i[s] && int'({dst_i[s].y, dst_i[s].x}) < Groups) begin
        entry_o[s] = ways(entries[group_t'({dst_i[s].y, dst_i[s].x})]);
      end
    end
  end

  assign next_o[0] = leave_i[0] ? entries[group_i[0]].north : '0;
  assign next_o[1] = leave_i[1] ? entries[group_i[1]].east : '0;
  assign next_o[2] = leave_i[2] ? entries[group_i[2]].south : '0;
  assign next_o[3] = leave_i[3] ? entries[group_i[3]].west : '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned g = 0; g < Groups; g++) entries[g] <= '0;
    end else if (write_i.group) begin
      entries[group_t'(write_i.index)] <= noc_pkg::group_entry_t'(write_i.data);
    end
  end

  logic unused_write;
  assign unused_write = ^write_i;

`ifndef SYNTHESIS
  export "DPI-C" function group_backdoor_entry;

  function automatic void group_backdoor_entry(input int group, input int data);
    entries[group_t'(group)] = noc_pkg::group_entry_t'(data[$bits(noc_pkg::group_entry_t)-1:0]);
  endfunction
`endif
endmodule : group_table
