// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Windows that enter the threads' buffers, misses, and buffers that are emptied.
module fetch_tap (
  input logic                        clk_i,
  input logic                        rst_ni,
  input logic                        push_i,
  input logic                        miss_i,
  input pipe_pkg::thread_t           thread_i,
  input logic [63:2]                 pc_i,
  input logic                        taken_i,
  input logic [2:0]                  last_i,
  input logic [7:0][31:0]            window_i,  // zero: could not be fetched
  input logic [cfg_pkg::Threads-1:0] flush_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (miss_i) timeline_log_pkg::tatami_timeline_miss(8'(thread_i));
      if (push_i) begin
        timeline_log_pkg::tatami_timeline_window(8'(thread_i), {pc_i, 2'b0},
                                                 8'(taken_i ? last_i : 3'd7) - 8'(pc_i[4:2]) + 8'd1, window_i);
      end
      for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
        if (flush_i[t]) timeline_log_pkg::tatami_timeline_flush(8'(t));
      end
    end
  end
endmodule : fetch_tap

bind fetch fetch_tap u_timeline (
  .clk_i,
  .rst_ni,
  .push_i  (f2_push && !flush[f2_thread_q]),  // a flush wins over it
  .miss_i  (f2_miss),
  .thread_i(f2_thread_q),
  .pc_i    (f2_pc_q),
  .taken_i (taken),
  .last_i  (last),
  .window_i((!f2_inside || error) ? '0 : window),
  .flush_i (flush)
);
