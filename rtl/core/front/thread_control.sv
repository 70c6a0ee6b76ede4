// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// State and program counter of every thread: start, wait for a semaphore, a barrier or the transfer queue, park, fault.
///
/// A start (mesh or `thread.start`) of a parked or faulted thread is remembered and takes effect when nothing of that
/// thread is in flight; a start of any other thread has no effect.
/// Waiting instructions pass stage X twice: the first pass (`arm`) records the request, `granted_o` then lets the second
/// one through and falls when that one issues. A stopped wait is withdrawn. A barrier lets all threads of its set through
/// in one cycle, when each of them waits for the same set.
/// Faults come from traps without a handler (precise), and from transfers and memory errors (the thread stops at its next
/// instruction; of several, the last one is reported).
module thread_control (
  input  logic                                       clk_i,
  input  logic                                       rst_ni,
  // Issue.
  output logic [cfg_pkg::Threads-1:0]                run_o,      // may issue
  output logic [cfg_pkg::Threads-1:0]                active_o,   // fetches
  output logic [cfg_pkg::Threads-1:0]                granted_o,
  output logic [63:0]                                pc_o [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0]                pop_i,
  input  pipe_pkg::head_t                            head_i [cfg_pkg::Threads],  // what is popped
  input  logic [cfg_pkg::Threads-1:0]                idle_i,     // nothing in flight
  // The system pipe in stage X, and traps that take effect.
  input  pipe_pkg::event_t                           event_i,
  input  pipe_pkg::slot_t                            slot_i,
  input  pipe_pkg::entry_t                           entry_i,
  input  logic [cfg_pkg::Threads-1:0]                trap_pending_i,  // a trap is on its way to that pipe
  // Imprecise faults: of transfers, of loads.
  input  logic                                       xfer_fault_valid_i,
  input  logic [1:0]                                 xfer_fault_thread_i,
  input  logic [sram_pkg::ByteAddrW-1:0]             xfer_fault_addr_i,
  input  pipe_pkg::answer_t                          answer_i [pipe_pkg::MemoryPipes],
  // Starts from the mesh, and the start that takes effect.
  input  logic                                       start_valid_i,
  input  logic [1:0]                                 start_thread_i,
  input  logic [63:0]                                start_pc_i,
  output logic                                       start_valid_o,
  output pipe_pkg::thread_t                          start_thread_o,
  output logic [63:0]                                start_pc_o,
  // Semaphores.
  output logic [cfg_pkg::Threads-1:0]                sem_wait_valid_o,
  output logic [cfg_pkg::Threads-1:0][5:0]           sem_wait_sem_o,
  output logic [cfg_pkg::Threads-1:0][15:0]          sem_wait_count_o,
  input  logic [cfg_pkg::Threads-1:0]                sem_wait_grant_i,
  // Transfers.
  output logic                                       xfer_valid_o,
  input  logic                                       xfer_ready_i,
  output core_pkg::xfer_t                            xfer_o,
  output core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_o,
  output logic                                       busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  core_pkg::thread_state_e state_q [Threads];
  logic [63:0] pc_q [Threads];
  logic [63:0] value_q [Threads];     // exit value, mtval, or what it waits for
  pipe_pkg::cause_t cause_q [Threads];
  logic [Threads-1:0] granted_q;
  logic [20:0] wait_addr_q [Threads];  // of the transfer list, or the semaphore
  logic [15:0] wait_count_q [Threads];
  logic [Threads-1:0] arm_set [Threads];

  logic [Threads-1:0] start_q;        // remembered start
  logic [63:0] start_pc_q [Threads];
  logic [Threads-1:0] late_q;         // imprecise fault: the thread issues no more,
  logic [Threads-1:0] late_seen_q;    // in stage X there is nothing more of it,
  logic [Threads-1:0] late_ripe_q;    // and nothing behind it either
  pipe_pkg::cause_t late_cause_q [Threads];
  logic [20:0] late_addr_q [Threads];
  pipe_pkg::late_fault_t late [Threads];

  core_pkg::thread_state_e arm_state;
  logic [Threads-1:0] x_here, enters, faults, late_here, stopped, want_xfer, chosen_xfer, want_start, starting;
  logic [Threads-1:0] mesh_starts, thread_starts, taken, met;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    assign x_here[t] = slot_i.thread == pipe_pkg::thread_t'(t);
    assign enters[t] = entry_i.valid && entry_i.thread == pipe_pkg::thread_t'(t);
    assign faults[t] = enters[t] && !entry_i.handled;

    always_comb begin
      late_here[t] = 1'b0;
      late[t]      = '0;
      if (xfer_fault_valid_i && xfer_fault_thread_i == 2'(t)) begin
        late_here[t] = 1'b1;
        late[t]      = '{cause: pipe_pkg::CauseStoreFault, addr: xfer_fault_addr_i};
      end
      for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) begin
        if (answer_i[p].valid && answer_i[p].error && answer_i[p].load.thread == pipe_pkg::thread_t'(t)) begin
          late_here[t] = 1'b1;
          late[t]      = '{cause: pipe_pkg::CauseLoadFault, addr: {answer_i[p].lost, 3'b0}};
        end
      end
    end

    assign stopped[t]   = state_q[t] == core_pkg::ThreadParked || state_q[t] == core_pkg::ThreadFaulted;
    assign active_o[t]  = !stopped[t];
    assign run_o[t]     = state_q[t] == core_pkg::ThreadRunning && !late_q[t];
    assign granted_o[t] = granted_q[t];
    assign pc_o[t]      = pc_q[t];

    assign mesh_starts[t]   = start_valid_i && stopped[t] && start_thread_i == 2'(t);
    assign thread_starts[t] = event_i.start && stopped[t] && slot_i.xs1 == 64'(t);
    assign want_start[t]    = start_q[t] && idle_i[t] && !late_q[t] && !(xfer_valid_o && xfer_o.thread == 2'(t));

    // An empty list is done without the engine.
    assign want_xfer[t] = state_q[t] == core_pkg::ThreadWaitXfer && wait_count_q[t] != '0 &&
                          !(xfer_valid_o && xfer_o.thread == 2'(t));
    assign taken[t]     = state_q[t] == core_pkg::ThreadWaitXfer &&
                          (wait_count_q[t] == '0 || (xfer_valid_o && xfer_ready_i && xfer_o.thread == 2'(t)));

    assign arm_set[t] = slot_i.xs1[Threads-1:0] | (Threads'(1) << t);

    always_comb begin
      met[t] = state_q[t] == core_pkg::ThreadWaitBarrier;
      for (int unsigned j = 0; j < Threads; j++) begin
        if (value_q[t][j] && !(state_q[j] == core_pkg::ThreadWaitBarrier && value_q[j] == value_q[t])) met[t] = 1'b0;
      end
    end

    assign sem_wait_valid_o[t] = state_q[t] == core_pkg::ThreadWaitSem;
    assign sem_wait_sem_o[t]   = wait_addr_q[t][5:0];
    assign sem_wait_count_o[t] = wait_count_q[t];

    assign status_o[t].state = state_q[t];
    assign status_o[t].cause = cause_q[t];
    assign status_o[t].pc    = pc_q[t];
    assign status_o[t].value = value_q[t];
  end

  always_comb begin
    unique case (slot_i.dec.op)
      isa_pkg::OpXfer:          arm_state = core_pkg::ThreadWaitXfer;
      isa_pkg::OpThreadBarrier: arm_state = core_pkg::ThreadWaitBarrier;
      default:                  arm_state = core_pkg::ThreadWaitSem;
    endcase
  end

  // One start takes effect per cycle, lowest thread first.
  assign starting      = want_start & (~want_start + 1'b1);
  assign start_valid_o = |want_start;
  always_comb begin
    start_thread_o = '0;
    start_pc_o     = '0;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (starting[t]) begin
        start_thread_o = pipe_pkg::thread_t'(t);
        start_pc_o     = start_pc_q[t];
      end
    end
  end

  // State.
  always_ff @(posedge clk_i) begin
    for (int unsigned t = 0; t < Threads; t++) begin
      if (!rst_ni) begin
        state_q[t]     <= core_pkg::ThreadParked;
        start_q[t]     <= 1'b0;
        late_q[t]      <= 1'b0;
        late_seen_q[t] <= 1'b0;
        late_ripe_q[t] <= 1'b0;
        granted_q[t]   <= 1'b0;
      end else begin
        late_seen_q[t] <= late_q[t] && !late_ripe_q[t];
        late_ripe_q[t] <= late_seen_q[t] && !trap_pending_i[t] && !(event_i.trap.valid && x_here[t]) && !enters[t];
        if (late_here[t]) late_q[t] <= 1'b1;
        if (mesh_starts[t] || thread_starts[t]) start_q[t] <= 1'b1;

        unique case (state_q[t])
          core_pkg::ThreadWaitSem: if (sem_wait_grant_i[t]) state_q[t] <= core_pkg::ThreadRunning;
          core_pkg::ThreadWaitXfer: if (taken[t]) state_q[t] <= core_pkg::ThreadRunning;
          core_pkg::ThreadWaitBarrier: if (met[t]) state_q[t] <= core_pkg::ThreadRunning;
          default: ;
        endcase
        if (sem_wait_grant_i[t] || taken[t] || met[t]) granted_q[t] <= 1'b1;
        else if (pop_i[t]) granted_q[t] <= 1'b0;

        if (x_here[t]) begin
          if (event_i.arm) state_q[t] <= arm_state;
          if (event_i.exit) state_q[t] <= core_pkg::ThreadParked;
        end
        if (faults[t]) state_q[t] <= core_pkg::ThreadFaulted;
        if (starting[t]) begin
          state_q[t]   <= core_pkg::ThreadRunning;
          start_q[t]   <= 1'b0;
          granted_q[t] <= 1'b0;
        end
        if (late_ripe_q[t]) begin
          state_q[t]     <= core_pkg::ThreadFaulted;
          late_q[t]      <= 1'b0;
          late_ripe_q[t] <= 1'b0;
          start_q[t]     <= 1'b0;
        end
      end
    end
  end

  // Payload.
  always_ff @(posedge clk_i) begin
    for (int unsigned t = 0; t < Threads; t++) begin
      if (pop_i[t]) pc_q[t] <= head_i[t].taken ? head_i[t].target : pc_q[t] + 64'd4;
      if (late_here[t]) begin
        late_cause_q[t] <= late[t].cause;
        late_addr_q[t]  <= late[t].addr;
      end
      if (thread_starts[t]) start_pc_q[t] <= {slot_i.xs2[63:2], 2'b0};
      if (mesh_starts[t]) start_pc_q[t] <= {start_pc_i[63:2], 2'b0};
      if (x_here[t]) begin
        if (event_i.jump) pc_q[t] <= event_i.target;
        if (event_i.waits) begin
          wait_addr_q[t]  <= slot_i.xs1[20:0];
          wait_count_q[t] <= slot_i.xs2[15:0];
          unique case (arm_state)
            core_pkg::ThreadWaitXfer:    value_q[t] <= {32'b0, slot_i.xs2[15:0], 16'b0};
            core_pkg::ThreadWaitBarrier: value_q[t] <= 64'(arm_set[t]);
            default:                     value_q[t] <= {32'b0, slot_i.xs2[15:0], 10'b0, slot_i.xs1[5:0]};
          endcase
        end
        if (event_i.exit) value_q[t] <= slot_i.xs1;
      end
      if (enters[t]) pc_q[t] <= entry_i.handled ? entry_i.target : entry_i.pc;
      if (faults[t]) begin
        cause_q[t] <= entry_i.cause;
        value_q[t] <= entry_i.value;
      end
      if (starting[t]) pc_q[t] <= start_pc_q[t];
      if (late_ripe_q[t]) begin
        cause_q[t] <= late_cause_q[t];
        value_q[t] <= 64'(late_addr_q[t]);
      end
    end
  end

  // Instructions are aligned; a start ignores the two lowest bits of its address.
  logic unused_low_bits;
  assign unused_low_bits = ^{start_pc_i[1:0], slot_i.xs2[1:0]};

  // Transfer lists: one at a time is offered to the engine, threads take turns.
  rr_arbiter #(
    .Inputs(Threads)
  ) u_xfer (
    .clk_i,
    .rst_ni,
    .req_i    (want_xfer),
    .gnt_o    (chosen_xfer),
    .advance_i(|want_xfer && (!xfer_valid_o || xfer_ready_i))
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) xfer_valid_o <= 1'b0;
    else if (!xfer_valid_o || xfer_ready_i) xfer_valid_o <= |want_xfer;
  end

  always_ff @(posedge clk_i) begin
    if (!xfer_valid_o || xfer_ready_i) begin
      for (int unsigned t = 0; t < Threads; t++) begin
        if (chosen_xfer[t]) begin
          xfer_o.thread <= 2'(t);
          xfer_o.addr   <= wait_addr_q[t];
          xfer_o.count  <= wait_count_q[t];
        end
      end
    end
  end

  logic moving;
  always_comb begin
    moving = xfer_valid_o || |start_q || |late_q;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (state_q[t] == core_pkg::ThreadRunning || state_q[t] == core_pkg::ThreadWaitXfer) moving = 1'b1;
    end
  end
  assign busy_o = moving || |met;

  `TATAMI_ASSERT_STREAM(Xfer, xfer_valid_o, xfer_ready_i, xfer_o)
  `TATAMI_ASSERT(GrantOnlyWaiting, (sem_wait_grant_i & ~sem_wait_valid_o) == '0)
endmodule : thread_control
