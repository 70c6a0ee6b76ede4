// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Packets of a context of the transfer engine: which descriptor each belongs to, and when it leaves.
module transfer_tap #(
  parameter bit Remote = 1'b0
) (
  input logic             clk_i,
  input logic             rst_ni,
  input logic             step_i,
  input logic             last_i,
  input dma_pkg::job_t    job_i,
  input logic             sent_i,
  input noc_pkg::header_t header_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (step_i) begin
        timeline_log_pkg::tatami_timeline_walk(8'(Remote), 8'({job_i.is_get, last_i}), 8'(job_i.origin.thread),
                                               32'(job_i.origin.addr), 32'(job_i.descriptor.dst[29:0]));
      end
      if (sent_i) timeline_log_pkg::tatami_timeline_send(8'(Remote), header_i);
    end
  end
endmodule : transfer_tap

bind dma_context transfer_tap #(
  .Remote(Remote)
) u_timeline (
  .clk_i,
  .rst_ni,
  .step_i  (u_walker.step),
  .last_i  (u_walker.last),
  .job_i   (u_walker.job_q),
  .sent_i  (inject_valid_o && inject_ready_i),
  .header_i(inject_o.header)
);
