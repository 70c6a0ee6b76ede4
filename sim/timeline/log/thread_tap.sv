// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What each thread does, whenever that changes: its state, and the cause for which a running one does not issue, or in vain
/// because it will be void.
module thread_tap (
  input logic clk_i,
  input logic rst_ni,
  input logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall_i [cfg_pkg::Threads],
  input core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_i,
  // In stage X: a branch that goes elsewhere, accesses that trap.
  input logic cancel_i,
  input pipe_pkg::thread_t cancel_thread_i,
  input logic [pipe_pkg::MemoryPipes-1:0] wrong_i,
  input pipe_pkg::thread_t [pipe_pkg::MemoryPipes-1:0] wrong_thread_i
);
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    core_pkg::thread_state_e state_q;
    localparam int unsigned Memory = pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));
    byte unsigned cause, cause_q;
    logic in_vain;
    assign in_vain = (cancel_i && cancel_thread_i == pipe_pkg::thread_t'(t)) ||
                     (wrong_i[Memory] && wrong_thread_i[Memory] == pipe_pkg::thread_t'(t));

    always_comb begin
      cause = in_vain ? 8'(isa_pkg::CountControl) : timeline_log_pkg::NoCause;
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

bind core thread_tap u_timeline (
  .clk_i,
  .rst_ni,
  .stall_i        (stall),
  .status_i       (status_o),
  .cancel_i       (happens.cancel),
  .cancel_thread_i(system.thread),
  .wrong_i        ({gen_memory[1].u_memory.trap.valid, gen_memory[0].u_memory.trap.valid}),
  .wrong_thread_i ({gen_memory[1].u_memory.slot_q.thread, gen_memory[0].u_memory.slot_q.thread})
);
