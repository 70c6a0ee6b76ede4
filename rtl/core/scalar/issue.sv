// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Stage I: checks the hazards of every thread's head, which comes decoded, and issues up to one instruction per thread, to
/// a scalar pipe or to the thread's vector queue.
///
/// Latency: what issues is in stage X in the next cycle, with its operands. An instruction that cannot be carried out
/// issues as a trap to the system pipe. A memory access that traps comes back here from stage M as one, and its thread's
/// head waits until that has issued.
/// What issues behind a branch that goes elsewhere than expected, or behind an access that traps, is void when it is in
/// stage X: it changes nothing there, and what its issue has counted is taken back.
module issue (
  input  logic                             clk_i,
  input  logic                             rst_ni,
  // Threads.
  input  logic [cfg_pkg::Threads-1:0]      run_i,
  input  logic [cfg_pkg::Threads-1:0]      granted_i,
  input  logic [63:0]                      pc_i [cfg_pkg::Threads],
  input  pipe_pkg::head_t                  head_i [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0]      pop_o,
  // Scalar registers of the heads.
  output logic [4:0]                       rs1_o [cfg_pkg::Threads],
  output logic [4:0]                       rs2_o [cfg_pkg::Threads],
  input  logic [63:0]                      xs1_i [cfg_pkg::Threads],
  input  logic [63:0]                      xs2_i [cfg_pkg::Threads],
  // What is in flight, and units.
  input  pipe_pkg::flight_t                flight_i [cfg_pkg::Threads],
  input  logic [pipe_pkg::MemoryPipes-1:0] load_ready_i,
  input  logic                             store_ready_i,
  input  logic                             muldiv_ready_i,
  input  pipe_pkg::pair_fault_t [7:0]      pair_fault_i [cfg_pkg::Threads],
  // Stage X: the system pipe's event. Behind it: traps that take effect, and stage M with accesses that trap.
  input  pipe_pkg::event_t                 event_i,
  input  pipe_pkg::thread_t                event_thread_i,
  input  pipe_pkg::entry_t                 entry_i,
  input  pipe_pkg::memory_event_t          memory_event_i [pipe_pkg::MemoryPipes],
  input  pipe_pkg::slot_t                  trap_i [pipe_pkg::MemoryPipes],
  output logic [cfg_pkg::Threads-1:0]      trap_found_o,    // an access of the thread traps in stage M
  output logic [cfg_pkg::Threads-1:0]      trap_pending_o,  // the thread has a trap here or in stage M
  output logic [cfg_pkg::Threads-1:0]      void_o,          // what the thread has in stage X is void
  output logic [cfg_pkg::Threads-1:0]      pass_o,          // it is not, and not of the system pipe
  // Why a running thread issues nothing.
  output logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall_o [cfg_pkg::Threads],
  // Issued in this cycle: for the counts of what is in flight, and into the pipes.
  output logic [cfg_pkg::Threads-1:0]      issued_o,  // does not only trap
  output isa_pkg::decoded_t                dec_o [cfg_pkg::Threads],
  output logic [pipe_pkg::Pipes-1:0]       valid_o,
  output pipe_pkg::slot_t                  slot_o [pipe_pkg::Pipes],
  output logic                             store_o,   // one of them is a scalar store
  output logic [cfg_pkg::Threads-1:0]      vector_valid_o,
  output pipe_pkg::slot_t                  vector_o [cfg_pkg::Threads]
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned System = pipe_pkg::SystemPipe;

  logic [Threads-1:0] trap_q, cancel_q, passed_q, popped_q, ready, only_traps, trap_issue, issued, arm, intr_q;
  pipe_pkg::slot_t trap_slot_q [Threads];
  isa_pkg::decoded_t dec [Threads];
  pipe_pkg::slot_t head [Threads];
  logic [63:0] order_q [Threads];
  logic [pipe_pkg::Pipes-1:0][Threads-1:0] takes;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    localparam int unsigned Memory = pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));

    logic candidate, here, enters, held, waits, is_step, hazard_ready, refetch;
    logic [2:0] pair;
    pipe_pkg::pair_fault_t pair_fault;
    pipe_pkg::trap_t trap;
    pipe_pkg::stall_e stall;

    assign candidate = run_i[t] && head_i[t].valid;
    assign here      = event_thread_i == pipe_pkg::thread_t'(t);
    assign enters    = entry_i.valid && entry_i.thread == pipe_pkg::thread_t'(t);
    assign held      = trap_pending_o[t] || (event_i.hold && here) || enters;

    assign dec[t]   = head_i[t].dec;
    assign rs1_o[t] = dec[t].rs1;
    assign rs2_o[t] = dec[t].rs2;

    // Matrix steps of formats that the unit does not multiply.
    assign is_step    = dec[t].unit == isa_pkg::UnitMatrix && dec[t].writes_acc && dec[t].op != isa_pkg::OpMwrFp32;
    assign pair       = pipe_pkg::pair_of(dec[t]);
    assign pair_fault = pair_fault_i[t][pair];

    always_comb begin
      trap = '0;
      if (head_i[t].fault) begin
        trap = '{valid: 1'b1, cause: pipe_pkg::CauseFetchFault, value: pc_i[t]};
      end else if (!dec[t].legal) begin
        trap = '{valid: 1'b1, cause: pipe_pkg::CauseIllegal, value: 64'(head_i[t].insn)};
      end else if (is_step && pair_fault != '0) begin
        trap = '{valid: 1'b1, cause: pipe_pkg::CauseFormat, value: 64'({pair, !pair_fault.a})};
      end
    end

    // What was expected to be a branch, and is none, is fetched again without that expectation.
    assign refetch = head_i[t].taken && !(dec[t].legal && dec[t].unit == isa_pkg::UnitBranch);

    assign only_traps[t] = trap.valid || refetch;

    hazard u_hazard (
      .valid_i       (candidate),
      .trap_i        (trap.valid || refetch),
      .dec_i         (dec[t]),
      .granted_i     (granted_i[t]),
      .flight_i      (flight_i[t]),
      .load_ready_i  (load_ready_i[Memory]),
      .store_ready_i,
      .muldiv_ready_i,
      .ready_o       (hazard_ready),
      .stall_o       (stall)
    );

    always_comb begin
      stall_o[t] = '0;
      if (run_i[t] && !issued[t]) begin
        if (held) stall_o[t][isa_pkg::CountControl] = 1'b1;
        else if (!head_i[t].valid) stall_o[t][isa_pkg::CountFetch] = 1'b1;
        else if (stall == pipe_pkg::StallRegister) stall_o[t][isa_pkg::CountRegister] = 1'b1;
        else if (stall == pipe_pkg::StallOrder) stall_o[t][isa_pkg::CountOrder] = 1'b1;
        else if (stall == pipe_pkg::StallQueue) stall_o[t][isa_pkg::CountQueue] = 1'b1;
        else stall_o[t][isa_pkg::CountPipe] = 1'b1;
      end
    end

    assign trap_found_o[t]   = memory_event_i[Memory].trap && trap_i[Memory].thread == pipe_pkg::thread_t'(t);
    assign trap_pending_o[t] = trap_q[t] || trap_found_o[t];
    assign void_o[t]         = cancel_q[t] || trap_found_o[t];
    assign pass_o[t]         = passed_q[t] && !void_o[t];
    assign ready[t]          = hazard_ready && !held;
    assign waits             = dec[t].op inside {isa_pkg::OpXfer, isa_pkg::OpSemWait, isa_pkg::OpThreadBarrier};
    assign arm[t]            = waits && dec[t].legal && !granted_i[t];
    assign pop_o[t]          = issued[t] && !arm[t] && !refetch;

    always_comb begin
      head[t].thread  = pipe_pkg::thread_t'(t);
      head[t].order   = order_q[t];
      head[t].intr    = intr_q[t];
      head[t].pc      = pc_i[t];
      head[t].insn    = head_i[t].fault ? '0 : head_i[t].insn;
      head[t].taken   = head_i[t].taken;
      head[t].target  = head_i[t].target;
      head[t].refetch = refetch;
      head[t].trap    = trap;
      head[t].arm     = arm[t] && !refetch;
      head[t].dec     = dec[t];
      head[t].xs1     = xs1_i[t];
      head[t].xs2     = xs2_i[t];
    end

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        trap_q[t]   <= 1'b0;
        cancel_q[t] <= 1'b0;
        passed_q[t] <= 1'b0;
        popped_q[t] <= 1'b0;
        order_q[t]  <= '0;
        intr_q[t]   <= 1'b0;
      end else begin
        if (trap_issue[t]) trap_q[t] <= 1'b0;
        if (trap_found_o[t]) trap_q[t] <= 1'b1;
        cancel_q[t] <= event_i.cancel && here;
        passed_q[t] <= issued[t] && !takes[System][t];
        popped_q[t] <= pop_o[t];
        if (pop_o[t]) begin
          order_q[t] <= order_q[t] + 1'b1;
          intr_q[t]  <= 1'b0;
        end
        if (void_o[t] && popped_q[t]) order_q[t] <= order_q[t] - 1'b1;
        if (enters && entry_i.arm) order_q[t] <= order_q[t] + 1'b1;
        if (enters && entry_i.handled) intr_q[t] <= 1'b1;
      end
    end

    always_ff @(posedge clk_i) begin
      if (trap_found_o[t]) trap_slot_q[t] <= trap_i[Memory];
    end

    `TATAMI_ASSERT(VoidHolds, !(void_o[t] && issued[t]))
  end

  steer u_steer (
    .clk_i,
    .rst_ni,
    .trap_i      (trap_q),
    .ready_i     (ready),
    .only_traps_i(only_traps),
    .dec_i       (dec),
    .trap_o      (trap_issue),
    .issue_o     (issued),
    .vector_o    (vector_valid_o),
    .store_o,
    .takes_o     (takes)
  );

  // Traps go to the system pipe.
  for (genvar p = 0; p < pipe_pkg::Pipes; p++) begin : gen_pipe
    pipe_pkg::slot_t slot[Threads];

    for (genvar t = 0; t < Threads; t++) begin : gen_slot
      assign slot[t] = (p == System && trap_q[t]) ? trap_slot_q[t] : head[t];
    end

    onehot_mux #(
      .data_t(pipe_pkg::slot_t),
      .Inputs(Threads)
    ) u_mux (
      .sel_i (takes[p]),
      .data_i(slot),
      .data_o(slot_o[p])
    );

    assign valid_o[p] = takes[p] != '0;
  end

  assign vector_o = head;
  assign issued_o = issued & ~only_traps;
  assign dec_o    = dec;
endmodule : issue
