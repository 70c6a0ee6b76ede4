// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Threads that the mesh starts, and those that a late fault stops.
module thread_log (
  input logic                        clk_i,
  input logic                        rst_ni,
  input logic [cfg_pkg::Threads-1:0] start_i,
  input logic [63:0]                 start_pc_i,
  input logic [cfg_pkg::Threads-1:0] stop_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
        if (start_i[t]) node_log_pkg::tatami_log_start(8'(t), start_pc_i);
        if (stop_i[t]) node_log_pkg::tatami_log_stop(8'(t));
      end
    end
  end
endmodule : thread_log

bind thread_control thread_log u_log (
  .clk_i,
  .rst_ni,
  .start_i(mesh_starts),
  .start_pc_i,
  .stop_i (late_ripe_q)
);
