// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What retires, and posts from the mesh.
module node_log (
  input logic                                     clk_i,
  input logic                                     rst_ni,
  input rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi_i,
  input logic                                     post_valid_i,
  input logic [5:0]                               post_sem_i,
  input logic [15:0]                              post_value_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (post_valid_i) node_log_pkg::tatami_log_post(8'(post_sem_i), post_value_i);
      for (int unsigned c = 0; c < rvfi_pkg::Channels; c++) begin
        if (rvfi_i[c].valid) begin
          node_log_pkg::tatami_log_retire(
              8'(rvfi_i[c].thread), rvfi_i[c].order, rvfi_i[c].insn, 8'({
              rvfi_i[c].vd_valid, rvfi_i[c].halt, rvfi_i[c].intr, rvfi_i[c].trap}), 8'(rvfi_i[c].rd_addr),
              rvfi_i[c].rd_wdata, rvfi_i[c].pc_rdata, rvfi_i[c].pc_wdata, rvfi_i[c].mem_addr, rvfi_i[c].mem_rmask,
              rvfi_i[c].mem_wmask, rvfi_i[c].mem_rdata, rvfi_i[c].mem_wdata, 8'(rvfi_i[c].vd_addr), rvfi_i[c].vd_wdata);
        end
      end
    end
  end
endmodule : node_log

bind node node_log u_log (
  .clk_i       (clk_core_i),
  .rst_ni,
  .rvfi_i      (rvfi_o),
  .post_valid_i(post_valid),
  .post_sem_i  (post_sem),
  .post_value_i(post_value)
);
