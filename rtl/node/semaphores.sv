// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Counting semaphores of a node: 16 bits each, two posts and one wait per cycle.
///
/// A post is visible one cycle later; a sum above 65535 stays there and raises the overflow of each of its posts, in
/// their cycle.
/// A wait (`value >= count`, then `value -= count`) is granted in the cycle in which it is taken; one per cycle, and
/// the threads whose wait can be met take turns. A waiting thread holds its request until granted, or withdraws it when
/// it stops. Posts have no back-pressure. Requests must name an existing semaphore. `busy_o`: the clock must run, as a
/// wait can be met.
module semaphores (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  // posts from the mesh
  input  logic                                inlet_post_valid_i,
  input  logic [5:0]                          inlet_post_sem_i,
  input  logic [15:0]                         inlet_post_value_i,
  // posts from the core
  input  logic                                core_post_valid_i,
  input  logic [5:0]                          core_post_sem_i,
  input  logic [15:0]                         core_post_value_i,
  // waits
  input  logic [cfg_pkg::Threads-1:0]         wait_valid_i,
  input  logic [cfg_pkg::Threads-1:0][5:0]    wait_sem_i,
  input  logic [cfg_pkg::Threads-1:0][15:0]   wait_count_i,
  output logic [cfg_pkg::Threads-1:0]         wait_grant_o,
  // read, combinational
  input  logic [5:0]                          read_sem_i,
  output logic [15:0]                         read_value_o,
  output logic                                inlet_overflow_o,
  output logic                                core_overflow_o,
  output logic                                busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned IndexW = (cfg_pkg::Semaphores > 1) ? $clog2(cfg_pkg::Semaphores) : 1;
  localparam logic [17:0] Max = 18'hFFFF;

  `TATAMI_ASSERT_STATIC(Semaphores, cfg_pkg::Semaphores >= 1 && cfg_pkg::Semaphores <= 64,
                        "semaphores must be 1 to 64: a packet header names them with 6 bits")

  typedef logic [IndexW-1:0] index_t;

  logic [15:0] value_q[cfg_pkg::Semaphores];

  logic [Threads-1:0] met;
  logic take_valid;
  index_t take_sem, inlet_sem, core_sem;
  index_t [Threads-1:0] wait_sem;
  logic [17:0] taken_sum, inlet_sum, core_sum;
  logic [Threads-1:0][17:0] wait_sum;

  /// A semaphore with the posts that it gets in this cycle.
  function automatic logic [17:0] posted(input index_t sem);
    return 18'(value_q[sem]) + ((inlet_post_valid_i && inlet_sem == sem) ? 18'(inlet_post_value_i) : '0) +
           ((core_post_valid_i && core_sem == sem) ? 18'(core_post_value_i) : '0);
  endfunction

  // What a wait leaves is worked out for each of them, beside the choice.
  for (genvar t = 0; t < Threads; t++) begin : gen_met
    assign wait_sem[t] = index_t'(wait_sem_i[t]);
    assign met[t]      = wait_valid_i[t] && value_q[wait_sem[t]] >= wait_count_i[t];
    assign wait_sum[t] = posted(wait_sem[t]) - 18'(wait_count_i[t]);
    `TATAMI_ASSERT(WaitInRange, !wait_valid_i[t] || int'(wait_sem_i[t]) < cfg_pkg::Semaphores)
`ifdef TATAMI_INC_ASSERT
    logic [21:0] asked_q;
    always_ff @(posedge clk_i) asked_q <= {wait_sem_i[t], wait_count_i[t]};
    `TATAMI_ASSERT_NEXT(WaitHeld, wait_valid_i[t] && !wait_grant_o[t],
                        !wait_valid_i[t] || asked_q == {wait_sem_i[t], wait_count_i[t]})
`endif
  end

  rr_arbiter #(
    .Inputs(Threads)
  ) u_arbiter (
    .clk_i,
    .rst_ni,
    .req_i(met),
    .gnt_o(wait_grant_o),
    .advance_i(take_valid)
  );

  assign take_valid = met != '0;
  assign busy_o = take_valid;

  always_comb begin
    take_sem  = '0;
    taken_sum = '0;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (wait_grant_o[t]) begin
        take_sem  = wait_sem[t];
        taken_sum = wait_sum[t];
      end
    end
  end

  // All events that touch one semaphore in one cycle are summed; each of them then writes that same sum.
  assign inlet_sem = index_t'(inlet_post_sem_i);
  assign core_sem  = index_t'(core_post_sem_i);
  assign inlet_sum = (take_valid && take_sem == inlet_sem) ? taken_sum : posted(inlet_sem);
  assign core_sum  = (take_valid && take_sem == core_sem) ? taken_sum : posted(core_sem);

  function automatic logic [15:0] limited(input logic [17:0] sum);
    return (sum > Max) ? Max[15:0] : sum[15:0];
  endfunction

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      for (int unsigned s = 0; s < cfg_pkg::Semaphores; s++) value_q[s] <= '0;
    end else begin
      if (inlet_post_valid_i) value_q[inlet_sem] <= limited(posted(inlet_sem));
      if (core_post_valid_i) value_q[core_sem] <= limited(posted(core_sem));
      if (take_valid) value_q[take_sem] <= limited(taken_sum);
    end
  end

  assign inlet_overflow_o = inlet_post_valid_i && inlet_sum > Max;
  assign core_overflow_o = core_post_valid_i && core_sum > Max;
  assign read_value_o = value_q[index_t'(read_sem_i)];

  `TATAMI_ASSERT(InletInRange, !inlet_post_valid_i || int'(inlet_post_sem_i) < cfg_pkg::Semaphores)
  `TATAMI_ASSERT(CoreInRange, !core_post_valid_i || int'(core_post_sem_i) < cfg_pkg::Semaphores)
endmodule : semaphores
