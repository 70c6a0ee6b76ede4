// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What vector registers hold after reset: anything, and programs may copy it.
module vector_log (
  input logic clk_i,
  input logic rst_ni
);
  logic told_q;

  always_ff @(posedge clk_i) told_q <= rst_ni;

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_log
    always_ff @(posedge clk_i) begin
      if (rst_ni && !told_q) begin
        for (int unsigned i = 0; i < 32; i++) begin
          node_log_pkg::tatami_log_vector(8'(t), 8'(i), 512'(vector_stage.gen_thread[t].u_thread.mem_q[i]));
        end
      end
    end
  end
endmodule : vector_log

bind vector_stage vector_log u_log (
  .clk_i,
  .rst_ni
);
