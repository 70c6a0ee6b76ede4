// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Instruction fetch: chooses a thread each cycle, looks its window up in the instruction cache and fills its buffer.
///
/// F1 chooses and looks up, F2 (one cycle later) pushes a hit into the buffer or asks for the line. Latency: a window is
/// in the buffer 2 cycles after it was chosen; a jump is chosen in its own cycle, a thread that enters a handler or starts first
/// of all in the next one, and what was chosen of it meanwhile is dropped in F2. Throughput: one window per cycle, one window
/// every two cycles for one thread. Threads whose buffer has room take turns, those of the highest priority.
/// The branch target buffer is looked up beside the cache: when it knows a taken branch in the window, the thread's next
/// window is the branch's target. A window outside local SRAM is pushed as a faulting one, and the thread fetches no more until
/// it is redirected.
module fetch (
  input  logic                                    clk_i,
  input  logic                                    rst_ni,
  input  logic [cfg_pkg::Threads-1:0]             active_i,  // threads that run or wait
  input  pipe_pkg::priority_t [cfg_pkg::Threads-1:0] priority_i,
  // Control flow: a jump in stage X, a trap that enters its handler, and a thread that starts: never of the same thread.
  // A branch, or what was taken for one, that goes elsewhere than expected also says what to expect the next time.
  input  pipe_pkg::event_t                        event_i,
  input  pipe_pkg::thread_t                       event_thread_i,
  input  logic [63:2]                             event_pc_i,
  input  pipe_pkg::entry_t                        entry_i,
  input  logic                                    start_valid_i,
  input  pipe_pkg::thread_t                       start_thread_i,
  input  logic [63:0]                             start_pc_i,
  input  logic                                    flush_i,  // empty the instruction cache
  // Instructions, one head per thread.
  output pipe_pkg::head_t                         head_o [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0]             pop_i,
  // SRAM.
  output logic                                    fetch_req_valid_o,
  input  logic                                    fetch_req_ready_i,
  output sram_pkg::read_req_t                     fetch_req_o,
  input  logic                                    fetch_rsp_valid_i,
  input  sram_pkg::read_rsp_t                     fetch_rsp_i,
  output logic                                    busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  logic [63:0] pc_q [Threads];            // next window to fetch
  logic [Threads-1:0] stop_q;             // ran into a faulting window
  logic [Threads-1:0] wait_q;             // waits for a line
  logic [Threads-1:0] moved_q;            // was redirected in the last cycle, and not looked up at once
  logic [Threads-1:0] space, jumps, enters, starts, flush, want, chosen;

  logic f1_valid;
  pipe_pkg::thread_t f1_thread;
  logic [63:2] f1_pc;
  logic f2_valid_q, f2_valid, f2_inside, f2_push, f2_miss;
  pipe_pkg::thread_t f2_thread_q;
  logic [63:2] f2_pc_q;

  logic hit, error, fill;
  logic [7:0][31:0] window;

  // F1. A jump goes first and is looked up at once, unless it also empties the cache.
  logic fast;
  assign fast = event_i.jump && !flush_i;

  for (genvar t = 0; t < Threads; t++) begin : gen_want
    assign jumps[t]  = event_i.jump && event_thread_i == pipe_pkg::thread_t'(t);
    assign enters[t] = entry_i.valid && entry_i.handled && entry_i.thread == pipe_pkg::thread_t'(t);
    assign starts[t] = start_valid_i && start_thread_i == pipe_pkg::thread_t'(t);
    assign flush[t]  = jumps[t] || enters[t] || starts[t];
    assign want[t]   = active_i[t] && space[t] && !stop_q[t] && !wait_q[t] &&
                       !(f2_valid && f2_thread_q == pipe_pkg::thread_t'(t));
  end

  rr_arbiter #(
    .Inputs(Threads)
  ) u_choose (
    .clk_i,
    .rst_ni,
    .req_i    ((want & moved_q) != '0 ? want & moved_q : pipe_pkg::foremost(want, priority_i)),
    .gnt_o    (chosen),
    .advance_i(!fast && |want)
  );

  always_comb begin
    f1_valid  = fast || |want;
    f1_thread = event_thread_i;
    f1_pc     = event_i.target[63:2];
    if (!fast) begin
      for (int unsigned t = 0; t < Threads; t++) begin
        if (chosen[t]) begin
          f1_thread = pipe_pkg::thread_t'(t);
          f1_pc     = pc_q[t][63:2];
        end
      end
    end
  end

  icache u_icache (
    .clk_i,
    .rst_ni,
    .flush_i,
    .lookup_valid_i (f1_valid),
    .lookup_window_i(f1_pc[sram_pkg::ByteAddrW-1:5]),
    .hit_o          (hit),
    .error_o        (error),
    .data_o         (window),
    .miss_i         (f2_miss),
    .fill_o         (fill),
    .fetch_req_valid_o,
    .fetch_req_ready_i,
    .fetch_req_o,
    .fetch_rsp_valid_i,
    .fetch_rsp_i,
    .busy_o
  );

  logic taken;
  logic [2:0] last;
  logic [63:0] target;

  btb u_btb (
    .clk_i,
    .rst_ni,
    .flush_i,
    .lookup_pc_i   (f1_pc),
    .taken_o       (taken),
    .last_o        (last),
    .target_o      (target),
    .train_valid_i (event_i.train),
    .train_taken_i (event_i.taken),
    .train_pc_i    (event_pc_i),
    .train_target_i(event_i.target)
  );

  // F2. A flush of the thread wins over all that a push does.
  assign f2_valid  = f2_valid_q && !moved_q[f2_thread_q];
  assign f2_inside = pipe_pkg::in_sram({f2_pc_q, 2'b0}, 32'd1);
  assign f2_push   = f2_valid && (!f2_inside || hit);
  assign f2_miss   = f2_valid && f2_inside && !hit && !flush[f2_thread_q];

  always_ff @(posedge clk_i) begin
    f2_thread_q <= f1_thread;
    f2_pc_q     <= f1_pc;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (jumps[t]) pc_q[t] <= event_i.target;
      else if (enters[t]) pc_q[t] <= entry_i.target;
      else if (starts[t]) pc_q[t] <= start_pc_i;
      else if (f2_push && f2_thread_q == pipe_pkg::thread_t'(t)) begin
        pc_q[t] <= taken ? target : {f2_pc_q[63:5] + 1'b1, 5'b0};
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      f2_valid_q <= 1'b0;
      stop_q     <= '0;
      wait_q     <= '0;
      moved_q    <= '0;
    end else begin
      f2_valid_q <= f1_valid;
      moved_q    <= fast ? flush & ~jumps : flush;
      if (f2_push && (!f2_inside || error)) stop_q[f2_thread_q] <= 1'b1;
      if (f2_miss) wait_q[f2_thread_q] <= 1'b1;
      if (fill) wait_q <= '0;
      for (int unsigned t = 0; t < Threads; t++) begin
        if (flush[t]) begin
          stop_q[t] <= 1'b0;
          wait_q[t] <= 1'b0;
        end
      end
    end
  end

  for (genvar t = 0; t < Threads; t++) begin : gen_buffer
    fetch_buffer u_buffer (
      .clk_i,
      .rst_ni,
      .flush_i     (flush[t]),
      .space_o     (space[t]),
      .push_valid_i(f2_push && f2_thread_q == pipe_pkg::thread_t'(t)),
      .push_fault_i(!f2_inside || error),
      .push_first_i(f2_pc_q[4:2]),
      .push_taken_i(taken),
      .push_last_i (last),
      .push_target_i(target),
      .push_data_i (window),
      .valid_o     (head_o[t].valid),
      .fault_o     (head_o[t].fault),
      .insn_o      (head_o[t].insn),
      .dec_o       (head_o[t].dec),
      .taken_o     (head_o[t].taken),
      .target_o    (head_o[t].target),
      .pop_i       (pop_i[t])
    );
  end
endmodule : fetch
