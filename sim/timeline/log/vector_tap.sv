// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What leaves the vector queues, and for which unit.
module vector_tap (
  input logic                        clk_i,
  input logic                        rst_ni,
  input logic [cfg_pkg::Threads-1:0] pop_i,
  input logic [cfg_pkg::Threads-1:0] step_i,
  input logic [cfg_pkg::Threads-1:0] simd_i,
  input logic [cfg_pkg::Threads-1:0] read_i,
  input logic [cfg_pkg::Threads-1:0] store_i,
  input pipe_pkg::slot_t             head_i [cfg_pkg::Threads]
);
  byte unsigned unit[cfg_pkg::Threads];
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_unit
    always_comb begin
      unit[t] = 8'd4;
      if (step_i[t]) unit[t] = 8'd0;
      if (simd_i[t]) unit[t] = 8'd1;
      if (read_i[t]) unit[t] = 8'd2;
      if (store_i[t]) unit[t] = 8'd3;
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && pop_i != '0) begin
      for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
        if (pop_i[t]) timeline_log_pkg::tatami_timeline_leave(8'(t), unit[t], head_i[t].order);
      end
    end
  end
endmodule : vector_tap

bind vector_stage vector_tap u_timeline (
  .clk_i,
  .rst_ni,
  .pop_i  (pop_o),
  .step_i (pop_step),
  .simd_i (pop_simd),
  .read_i (pop_read),
  .store_i(pop_store_o),
  .head_i (head_o)
);
