// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stage I: decodes the head of every thread, checks its hazards and issues up to two instructions of different threads,
/// one to the scalar slot and one to the vector slot.
///
/// Latency: the chosen instructions are in stage X in the next cycle. Threads that are ready take turns, per slot.
/// `kill_i`: the thread in stage X changes its control flow (or starts to wait) in this cycle, its head does not issue.
module issue (
  input  logic                             clk_i,
  input  logic                             rst_ni,
  // Threads.
  input  logic [cfg_pkg::Threads-1:0]      run_i,
  input  logic [cfg_pkg::Threads-1:0]      granted_i,
  input  logic [63:0]                      pc_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0]      head_valid_i,
  input  logic [cfg_pkg::Threads-1:0]      head_fault_i,
  input  logic [31:0]                      head_insn_i [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0]      pop_o,
  // Scoreboard and units.
  input  logic [31:0]                      x_busy_i [cfg_pkg::Threads],
  input  logic [31:0]                      v_busy_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Accumulators-1:0] acc_busy_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0]      no_loads_i,
  input  logic [cfg_pkg::Threads-1:0]      no_stores_i,
  input  logic [cfg_pkg::Threads-1:0]      idle_i,
  input  logic                             load_ready_i,
  input  logic                             store_ready_i,
  input  logic                             muldiv_ready_i,
  input  logic                             simd_ready_i,
  input  logic                             function_ready_i,
  input  pipe_pkg::pair_fault_t [7:0]      pair_fault_i [cfg_pkg::Threads],
  // Stage X.
  input  logic                             kill_i,
  input  pipe_pkg::thread_t                kill_thread_i,
  input  logic                             format_write_i,  // of the thread in kill_thread_i
  // Chosen in this cycle; operands are filled in by the register file.
  output logic                             scalar_valid_o,
  output pipe_pkg::slot_t                  scalar_o,
  output logic                             vector_valid_o,
  output pipe_pkg::slot_t                  vector_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  isa_pkg::decoded_t dec[Threads];
  logic [Threads-1:0] scalar_ready, vector_ready, scalar_chosen, vector_chosen, arm, format_fault;
  logic [3:0] format[Threads];

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    logic candidate;
    assign candidate = run_i[t] && head_valid_i[t];

    always_comb begin
      dec[t] = '0;
      if (candidate && !head_fault_i[t]) dec[t] = isa_pkg::decode(head_insn_i[t]);
    end

    // Matrix steps of formats that the unit does not multiply.
    logic [2:0] pair;
    pipe_pkg::pair_fault_t pair_fault;
    assign pair            = dec[t].imm[6:4];
    assign pair_fault      = pair_fault_i[t][pair];
    assign format_fault[t] = dec[t].op inside {isa_pkg::OpMma, isa_pkg::OpMmaZ} && dec[t].legal && pair_fault != '0;
    assign format[t]       = {pair, !pair_fault.a};

    logic ready_scalar, ready_vector, killed;
    hazard u_hazard (
      .valid_i      (candidate),
      .fetch_fault_i(head_fault_i[t]),
      .dec_i        (dec[t]),
      .granted_i    (granted_i[t]),
      .format_fault_i(format_fault[t]),
      .format_write_i(format_write_i && kill_thread_i == pipe_pkg::thread_t'(t)),
      .x_busy_i     (x_busy_i[t]),
      .v_busy_i     (v_busy_i[t]),
      .acc_busy_i   (acc_busy_i[t]),
      .no_loads_i   (no_loads_i[t]),
      .no_stores_i  (no_stores_i[t]),
      .idle_i       (idle_i[t]),
      .load_ready_i,
      .store_ready_i,
      .muldiv_ready_i,
      .simd_ready_i,
      .function_ready_i,
      .scalar_o     (ready_scalar),
      .vector_o     (ready_vector)
    );

    assign killed          = kill_i && kill_thread_i == pipe_pkg::thread_t'(t);
    assign scalar_ready[t] = ready_scalar && !killed;
    assign vector_ready[t] = ready_vector && !killed;
    assign arm[t]          = (dec[t].op == isa_pkg::OpXfer || dec[t].op == isa_pkg::OpSemWait) && dec[t].legal &&
                             !granted_i[t];
    assign pop_o[t]        = (scalar_chosen[t] && !arm[t]) || vector_chosen[t];
  end

  assign scalar_valid_o = |scalar_ready;
  assign vector_valid_o = |vector_ready;

  rr_arbiter #(
    .Inputs(Threads)
  ) u_scalar (
    .clk_i,
    .rst_ni,
    .req_i    (scalar_ready),
    .gnt_o    (scalar_chosen),
    .advance_i(scalar_valid_o)
  );

  rr_arbiter #(
    .Inputs(Threads)
  ) u_vector (
    .clk_i,
    .rst_ni,
    .req_i    (vector_ready),
    .gnt_o    (vector_chosen),
    .advance_i(vector_valid_o)
  );

  always_comb begin
    scalar_o = '0;
    vector_o = '0;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (scalar_chosen[t]) begin
        scalar_o.thread      = pipe_pkg::thread_t'(t);
        scalar_o.pc          = pc_i[t];
        scalar_o.insn        = head_insn_i[t];
        scalar_o.fetch_fault = head_fault_i[t];
        scalar_o.format_fault = format_fault[t];
        scalar_o.format      = format[t];
        scalar_o.arm         = arm[t];
        scalar_o.dec         = dec[t];
      end
      if (vector_chosen[t]) begin
        vector_o.thread = pipe_pkg::thread_t'(t);
        vector_o.pc     = pc_i[t];
        vector_o.insn   = head_insn_i[t];
        vector_o.dec    = dec[t];
      end
    end
  end
endmodule : issue
