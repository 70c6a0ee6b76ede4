// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Posts to semaphores.
module post_tap (
  input logic        clk_i,
  input logic        rst_ni,
  input logic        inlet_valid_i,
  input logic [5:0]  inlet_sem_i,
  input logic [15:0] inlet_value_i,
  input logic        core_valid_i,
  input logic [5:0]  core_sem_i,
  input logic [15:0] core_value_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (inlet_valid_i) timeline_log_pkg::tatami_timeline_post(8'(inlet_sem_i), inlet_value_i, 8'd1);
      if (core_valid_i) timeline_log_pkg::tatami_timeline_post(8'(core_sem_i), core_value_i, 8'd0);
    end
  end
endmodule : post_tap

bind semaphores post_tap u_timeline (
  .clk_i,
  .rst_ni,
  .inlet_valid_i(inlet_post_valid_i),
  .inlet_sem_i  (inlet_post_sem_i),
  .inlet_value_i(inlet_post_value_i),
  .core_valid_i (core_post_valid_i),
  .core_sem_i   (core_post_sem_i),
  .core_value_i (core_post_value_i)
);
