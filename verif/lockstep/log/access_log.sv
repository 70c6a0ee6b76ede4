// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Whose load or store goes to the SRAM next, per port.
module access_log #(
  parameter bit Store = 1'b0
) (
  input logic              clk_i,
  input logic              rst_ni,
  input logic              push_i,
  input pipe_pkg::thread_t thread_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni && push_i) begin
      if (Store) node_log_pkg::tatami_log_store(8'(thread_i));
      else node_log_pkg::tatami_log_load(8'(thread_i));
    end
  end
endmodule : access_log

bind memory_pipe access_log #(
  .Store(1'b0)
) u_log (
  .clk_i,
  .rst_ni,
  .push_i(load && !trap.valid),
  .thread_i(slot_q.thread)
);

// What traps among scalar stores is known by their pipe.
bind core access_log #(
  .Store(1'b1)
) u_store_log (
  .clk_i,
  .rst_ni,
  .push_i(u_store.push && !(scalar_store[0].valid && gen_memory[0].u_memory.trap.valid) &&
          !(scalar_store[1].valid && gen_memory[1].u_memory.trap.valid)),
  .thread_i(u_store.thread)
);
