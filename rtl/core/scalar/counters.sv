// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Performance counters of every thread, 64 bits each, from reset on (isa_pkg::counter_e). A thread that runs either issues
/// or counts one of the reasons why not; one that waits counts that. A cycle in which it issued what turns out to be void
/// counts as held back. What happens in a cycle is in the counts two cycles later.
module counters (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  input  logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0]              void_i,      // what issued in the last cycle
  input  core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_i,
  input  logic [cfg_pkg::Threads-1:0]              step_i,      // the thread gives a step to the matrix unit
  input  logic [cfg_pkg::Threads-1:0]              simd_i,
  input  logic [pipe_pkg::MemoryPipes-1:0]         conflict_i,  // the pipe's load port holds a request back
  // Reads, combinational.
  input  pipe_pkg::thread_t                        thread_i,
  input  logic [4:0]                               number_i,
  output logic [63:0]                              count_o      // zero when there is no such counter
);
  logic [63:0] count_q[cfg_pkg::Threads][isa_pkg::Counters];

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    logic [isa_pkg::Counters-1:0] happens, happened_q, counts;

    always_comb begin
      happens = '0;
      happens[isa_pkg::CountPipe:isa_pkg::CountFetch] = stall_i[t];
      happens[isa_pkg::CountWait] =
          status_i[t].state inside {core_pkg::ThreadWaitSem, core_pkg::ThreadWaitXfer, core_pkg::ThreadWaitBarrier};
      happens[isa_pkg::CountStep]     = step_i[t];
      happens[isa_pkg::CountSimd]     = simd_i[t];
      happens[isa_pkg::CountConflict] = conflict_i[pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t))];
    end

    always_comb begin
      counts = happened_q;
      if (void_i[t] && happened_q[isa_pkg::CountPipe:isa_pkg::CountFetch] == '0) counts[isa_pkg::CountControl] = 1'b1;
    end

    always_ff @(posedge clk_i) begin
      happened_q <= rst_ni ? happens : '0;
      for (int unsigned i = 0; i < isa_pkg::Counters; i++) begin
        if (!rst_ni) count_q[t][i] <= '0;
        else if (counts[i]) count_q[t][i] <= count_q[t][i] + 1'b1;
      end
    end
  end

  assign count_o = (32'(number_i) < isa_pkg::Counters) ? count_q[thread_i][number_i[$clog2(
      isa_pkg::Counters
  )-1:0]] : '0;
endmodule : counters
