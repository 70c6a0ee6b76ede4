// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Records the first packet that was dropped here since reset, because no route leads to its destination.
///
/// Latency: 2 cycles from its arrival to `lost_o`.
module lost_record (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  // packets that arrive, and the ports that they take
  input  logic [router_pkg::Sources-1:0] arrive_i,
  input  noc_pkg::node_id_t              dst_i[router_pkg::Sources],
  input  router_pkg::ports_t             ports_i[router_pkg::Sources],
  input  logic [router_pkg::Sources-1:0] cast_i,
  output logic                           lost_o,
  output router_pkg::lost_t              lost_dst_o
);
  import router_pkg::Sources;

  logic [Sources-1:0] lost_q;
  router_pkg::lost_t came_q[Sources];

  for (genvar s = 0; s < Sources; s++) begin : gen_source
    always_ff @(posedge clk_i) begin
      lost_q[s] <= rst_ni && arrive_i[s] && ports_i[s] == '0;
      if (arrive_i[s]) came_q[s] <= '{cast: cast_i[s], dst: dst_i[s]};
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      lost_o <= 1'b0;
      lost_dst_o <= '0;
    end else if (lost_q != '0 && !lost_o) begin
      lost_o <= 1'b1;
      for (int unsigned s = 0; s < Sources; s++) begin
        if (lost_q[s]) lost_dst_o <= came_q[s];
      end
    end
  end
endmodule : lost_record
