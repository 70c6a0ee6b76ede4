// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What each thread does, whenever that changes: its state, and the cause for which a running one does not issue.
module thread_tap (
  input logic clk_i,
  input logic rst_ni,
  input logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall_i [cfg_pkg::Threads],
  input core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_i
);
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    core_pkg::thread_state_e state_q;
    byte unsigned cause, cause_q;

    always_comb begin
      cause = timeline_log_pkg::NoCause;
      for (int unsigned i = isa_pkg::CountFetch; i <= isa_pkg::CountPipe; i++) begin
        if (stall_i[t][i]) cause = 8'(i);
      end
    end

    always_ff @(posedge clk_i) begin
      if (!rst_ni) state_q <= core_pkg::ThreadParked;
      else if (status_i[t].state != state_q || cause != cause_q) begin
        state_q <= status_i[t].state;
        timeline_log_pkg::tatami_timeline_thread(8'(t), 8'(status_i[t].state), cause, status_i[t].value);
      end
      cause_q <= cause;
    end
  end
endmodule : thread_tap

bind counters thread_tap u_timeline (
  .clk_i,
  .rst_ni,
  .stall_i,
  .status_i
);
