// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What issues, and to which pipe.
module issue_tap (
  input logic                        clk_i,
  input logic                        rst_ni,
  input logic [cfg_pkg::Threads-1:0] issued_i,
  input logic [cfg_pkg::Threads-1:0] pop_i,
  input logic [cfg_pkg::Threads-1:0] trap_i,
  input logic [pipe_pkg::Pipes-1:0][cfg_pkg::Threads-1:0] takes_i,
  input pipe_pkg::slot_t             head_i [cfg_pkg::Threads],
  input pipe_pkg::slot_t             trap_slot_i [cfg_pkg::Threads]
);
  // The vector queue, or the pipe that the thread has.
  byte unsigned pipe[cfg_pkg::Threads];
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_pipe
    always_comb begin
      pipe[t] = 8'(pipe_pkg::Pipes);
      for (int unsigned p = 0; p < pipe_pkg::Pipes; p++) begin
        if (takes_i[p][t]) pipe[t] = 8'(p);
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && (issued_i | trap_i) != '0) begin
      for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
        if (trap_i[t]) begin
          timeline_log_pkg::tatami_timeline_issue(8'(t), 8'd8, pipe[t], trap_slot_i[t].order, 0, 0);
        end else if (issued_i[t]) begin
          timeline_log_pkg::tatami_timeline_issue(8'(t), 8'({head_i[t].refetch, head_i[t].arm, pop_i[t]}), pipe[t],
                                                  head_i[t].order, timeline_log_pkg::uses_of(head_i[t].dec),
                                                  timeline_log_pkg::sets_of(head_i[t].dec));
        end
      end
    end
  end
endmodule : issue_tap

bind issue issue_tap u_timeline (
  .clk_i,
  .rst_ni,
  .issued_i   (issued),
  .pop_i      (pop_o),
  .trap_i     (trap_issue),
  .takes_i    (takes),
  .head_i     (head),
  .trap_slot_i(trap_slot_q)
);
