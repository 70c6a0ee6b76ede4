// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The core of a node: Threads-way multithreaded, in order within a thread, up to two instructions of different threads per
/// cycle. Wires only; docs/core.md has the pipeline, the issue rules and the latencies.
///
/// Handshakes: fetch and load requests, stores and transfer lists are valid/ready; answers and `store_done_i` have no
/// back-pressure. `sem_wait_valid_o` holds until granted, or until the thread is stopped by a late fault.
/// `busy_o`: the clock must run; low when every thread is parked, faulted or waits for a semaphore that cannot be granted
/// in this cycle.
module core (
  input  logic                                            clk_i,
  input  logic                                            rst_ni,
  input  noc_pkg::node_id_t                               id_i,
  input  logic [63:0]                                     time_i,
  // SRAM: instruction fetch, loads, stores.
  output logic                                            fetch_req_valid_o,
  input  logic                                            fetch_req_ready_i,
  output sram_pkg::read_req_t                             fetch_req_o,
  input  logic                                            fetch_rsp_valid_i,
  input  sram_pkg::read_rsp_t                             fetch_rsp_i,
  output logic                                            load_req_valid_o,
  input  logic                                            load_req_ready_i,
  output sram_pkg::read_req_t                             load_req_o,
  input  logic                                            load_rsp_valid_i,
  input  sram_pkg::read_rsp_t                             load_rsp_i,
  output logic                                            store_valid_o,
  input  logic                                            store_ready_i,
  output sram_pkg::write_req_t                            store_o,
  input  logic                                            store_done_i,
  // A thread is started by the mesh.
  input  logic                                            start_valid_i,
  input  logic [1:0]                                      start_thread_i,
  input  logic [63:0]                                     start_pc_i,
  // Semaphores.
  output logic [cfg_pkg::Threads-1:0]                     sem_wait_valid_o,
  output logic [cfg_pkg::Threads-1:0][5:0]                sem_wait_sem_o,
  output logic [cfg_pkg::Threads-1:0][15:0]               sem_wait_count_o,
  input  logic [cfg_pkg::Threads-1:0]                     sem_wait_grant_i,
  output logic                                            sem_post_valid_o,
  output logic [5:0]                                      sem_post_sem_o,
  output logic [15:0]                                     sem_post_value_o,
  output logic [5:0]                                      sem_read_sem_o,
  input  logic [15:0]                                     sem_read_value_i,
  // Transfers.
  output logic                                            xfer_valid_o,
  input  logic                                            xfer_ready_i,
  output core_pkg::xfer_t                                 xfer_o,
  input  logic                                            xfer_fault_valid_i,
  input  logic [1:0]                                      xfer_fault_thread_i,
  input  logic [sram_pkg::ByteAddrW-1:0]                  xfer_fault_addr_i,
  // Observation.
  output rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]        rvfi_o,
  output core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_o,
  output logic                                            busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  // Threads.
  logic [Threads-1:0] run, active, granted, pop, idle, no_loads, no_stores;
  logic [Threads-1:0] head_valid, head_fault;
  logic [31:0] head_insn [Threads];
  logic [63:0] pc [Threads];
  logic [31:0] x_busy [Threads];
  logic [31:0] v_busy [Threads];
  logic [cfg_pkg::Accumulators-1:0] acc_busy [Threads];
  logic begin_valid;
  pipe_pkg::thread_t begin_thread;
  logic [63:0] begin_pc;

  // Stage I.
  logic issue_scalar, issue_vector, load_ready, store_ready, muldiv_ready, simd_ready, function_ready, x_format_write;
  pipe_pkg::pair_fault_t [7:0] pair_fault[Threads];
  pipe_pkg::slot_t issue_scalar_slot, issue_vector_slot;
  logic [63:0] vector_xs1;

  // Stage X, scalar slot.
  pipe_pkg::slot_t x_slot;
  logic x_memory, x_memory_commit, x_write, x_redirect, x_flush, x_kill, x_handled, x_commit, x_arm, x_exit, x_start;
  pipe_pkg::xwrite_t x_result;
  pipe_pkg::trap_t x_trap, x_memory_trap, x_fault;
  logic [63:0] x_target, x_base;

  // Stage X, vector slot.
  logic v_valid;
  pipe_pkg::slot_t v_slot;
  fmt_pkg::descriptor_t v_descriptor;
  fmt_pkg::descriptor_t v_step_a, v_step_b;
  logic [63:0] v_key, v_counter;
  logic v_draw;
  flag_pkg::flags_t simd_flags;
  logic simd_function;
  pipe_pkg::vector_t store_data;

  // Late results.
  logic load_done, load_error, store_done, muldiv_done, simd_done, mrd_done, mma_done;
  pipe_pkg::load_t load;
  logic [63:0] load_raw;
  pipe_pkg::xwrite_t load_x, muldiv_result;
  pipe_pkg::vwrite_t load_v, simd_result, mrd_result;
  pipe_pkg::thread_t store_thread, mma_thread;
  logic [2:0] mma_acc;

  logic front_busy, control_busy, scalar_busy, lsu_busy, vector_busy, retire_busy;

  fetch u_fetch (
    .clk_i,
    .rst_ni,
    .active_i         (active),
    .redirect_valid_i (x_redirect),
    .redirect_thread_i(x_slot.thread),
    .redirect_pc_i    (x_target),
    .start_valid_i    (begin_valid),
    .start_thread_i   (begin_thread),
    .start_pc_i       (begin_pc),
    .flush_i          (x_flush || start_valid_i),
    .head_valid_o     (head_valid),
    .head_fault_o     (head_fault),
    .head_insn_o      (head_insn),
    .pop_i            (pop),
    .fetch_req_valid_o,
    .fetch_req_ready_i,
    .fetch_req_o,
    .fetch_rsp_valid_i,
    .fetch_rsp_i,
    .busy_o           (front_busy)
  );

  // Imprecise faults: a load whose data is lost, a transfer that cannot be carried out.
  logic late_fault_valid;
  assign late_fault_valid = xfer_fault_valid_i || (load_done && load_error);

  thread_control u_control (
    .clk_i,
    .rst_ni,
    .run_o              (run),
    .active_o           (active),
    .granted_o          (granted),
    .pc_o               (pc),
    .pop_i              (pop),
    .idle_i             (idle),
    .x_thread_i         (x_slot.thread),
    .x_redirect_i       (x_redirect),
    .x_target_i         (x_target),
    .x_arm_i            (x_arm),
    .x_arm_xfer_i       (x_slot.dec.op == isa_pkg::OpXfer),
    .x_exit_i           (x_exit),
    .x_fault_i          (x_fault),
    .x_start_i          (x_start),
    .x_pc_i             (x_slot.pc),
    .x_xs1_i            (x_slot.xs1),
    .x_xs2_i            (x_slot.xs2),
    .late_fault_valid_i (late_fault_valid),
    .late_fault_thread_i(xfer_fault_valid_i ? pipe_pkg::thread_t'(xfer_fault_thread_i) : load.thread),
    .late_fault_cause_i (xfer_fault_valid_i ? pipe_pkg::CauseStoreFault : pipe_pkg::CauseLoadFault),
    .late_fault_addr_i  (xfer_fault_valid_i ? xfer_fault_addr_i : load.addr),
    .start_valid_i,
    .start_thread_i,
    .start_pc_i,
    .start_valid_o      (begin_valid),
    .start_thread_o     (begin_thread),
    .start_pc_o         (begin_pc),
    .sem_wait_valid_o,
    .sem_wait_sem_o,
    .sem_wait_count_o,
    .sem_wait_grant_i,
    .xfer_valid_o,
    .xfer_ready_i,
    .xfer_o,
    .status_o,
    .busy_o             (control_busy)
  );

  // Stage I.
  issue u_issue (
    .clk_i,
    .rst_ni,
    .run_i         (run),
    .granted_i     (granted),
    .pc_i          (pc),
    .head_valid_i  (head_valid),
    .head_fault_i  (head_fault),
    .head_insn_i   (head_insn),
    .pop_o         (pop),
    .x_busy_i      (x_busy),
    .v_busy_i      (v_busy),
    .acc_busy_i    (acc_busy),
    .no_loads_i    (no_loads),
    .no_stores_i   (no_stores),
    .idle_i        (idle),
    .load_ready_i  (load_ready),
    .store_ready_i (store_ready),
    .muldiv_ready_i(muldiv_ready),
    .simd_ready_i  (simd_ready),
    .function_ready_i(function_ready),
    .pair_fault_i  (pair_fault),
    .kill_i        (x_kill),
    .kill_thread_i (x_slot.thread),
    .format_write_i(x_format_write),
    .scalar_valid_o(issue_scalar),
    .scalar_o      (issue_scalar_slot),
    .vector_valid_o(issue_vector),
    .vector_o      (issue_vector_slot)
  );

  scoreboard u_scoreboard (
    .clk_i,
    .rst_ni,
    .scalar_valid_i (issue_scalar),
    .scalar_thread_i(issue_scalar_slot.thread),
    .scalar_dec_i   (issue_scalar_slot.dec),
    .vector_valid_i (issue_vector),
    .vector_thread_i(issue_vector_slot.thread),
    .vector_dec_i   (issue_vector_slot.dec),
    .cancel_i       (x_memory && x_trap.valid),
    .cancel_thread_i(x_slot.thread),
    .cancel_dec_i   (x_slot.dec),
    .load_done_i    (load_done),
    .load_i         (load),
    .store_done_i   (store_done),
    .store_thread_i (store_thread),
    .muldiv_done_i  (muldiv_done),
    .muldiv_thread_i(muldiv_result.thread),
    .muldiv_rd_i    (muldiv_result.rd),
    .simd_done_i    (simd_done),
    .simd_thread_i  (simd_result.thread),
    .simd_vd_i      (simd_result.vd),
    .mrd_done_i     (mrd_done),
    .mrd_thread_i   (mrd_result.thread),
    .mrd_vd_i       (mrd_result.vd),
    .mma_done_i     (mma_done),
    .mma_thread_i   (mma_thread),
    .mma_acc_i      (mma_acc),
    .x_busy_o       (x_busy),
    .v_busy_o       (v_busy),
    .acc_busy_o     (acc_busy),
    .no_loads_o     (no_loads),
    .no_stores_o    (no_stores),
    .idle_o         (idle)
  );

  scalar_stage u_scalar (
    .clk_i,
    .rst_ni,
    .id_i,
    .time_i,
    .issue_valid_i   (issue_scalar),
    .issue_i         (issue_scalar_slot),
    .vector_issue_thread_i(issue_vector_slot.thread),
    .vector_issue_rs1_i(issue_vector_slot.dec.rs1),
    .vector_xs1_o    (vector_xs1),
    .muldiv_ready_o  (muldiv_ready),
    .start_valid_i   (begin_valid),
    .start_thread_i  (begin_thread),
    .slot_o          (x_slot),
    .memory_o        (x_memory),
    .memory_trap_i   (x_memory_trap),
    .memory_commit_o (x_memory_commit),
    .sem_read_sem_o,
    .sem_read_value_i,
    .sem_post_valid_o,
    .sem_post_sem_o,
    .sem_post_value_o,
    .redirect_o      (x_redirect),
    .target_o        (x_target),
    .flush_o         (x_flush),
    .kill_o          (x_kill),
    .arm_o           (x_arm),
    .exit_o          (x_exit),
    .start_o         (x_start),
    .trap_o          (x_trap),
    .handled_o       (x_handled),
    .commit_o        (x_commit),
    .write_valid_o   (x_write),
    .write_o         (x_result),
    .vector_commit_i (v_valid),
    .vector_thread_i (v_slot.thread),
    .vector_format_i (v_slot.dec.imm[3:0]),
    .vector_descriptor_o(v_descriptor),
    .vector_pair_i   (v_slot.dec.imm[6:4]),
    .vector_a_o      (v_step_a),
    .vector_b_o      (v_step_b),
    .format_write_o  (x_format_write),
    .pair_fault_o    (pair_fault),
    .vector_key_o    (v_key),
    .vector_counter_o(v_counter),
    .vector_draw_i   (v_draw),
    .flags_valid_i   (simd_done),
    .flags_thread_i  (simd_result.thread),
    .flags_i         (simd_flags),
    .load_valid_i    (load_done && !load.vec),
    .load_i          (load_x),
    .muldiv_done_o   (muldiv_done),
    .muldiv_o        (muldiv_result),
    .busy_o          (scalar_busy)
  );

  assign x_fault = '{valid: x_trap.valid && !x_handled, cause: x_trap.cause, value: x_trap.value};

  lsu u_lsu (
    .clk_i,
    .rst_ni,
    .load_ready_o  (load_ready),
    .store_ready_o (store_ready),
    .valid_i       (x_memory),
    .commit_i      (x_memory_commit),
    .slot_i        (x_slot),
    .vdata_i       (store_data),
    .trap_o        (x_memory_trap),
    .base_o        (x_base),
    .load_done_o   (load_done),
    .load_o        (load),
    .load_error_o  (load_error),
    .load_raw_o    (load_raw),
    .load_x_o      (load_x),
    .load_v_o      (load_v),
    .store_done_o  (store_done),
    .store_thread_o(store_thread),
    .load_req_valid_o,
    .load_req_ready_i,
    .load_req_o,
    .load_rsp_valid_i,
    .load_rsp_i,
    .store_valid_o,
    .store_ready_i,
    .store_o,
    .store_done_i,
    .busy_o        (lsu_busy)
  );

  vector_stage u_vector (
    .clk_i,
    .rst_ni,
    .issue_valid_i(issue_vector),
    .issue_i      (issue_vector_slot),
    .issue_xs1_i  (vector_xs1),
    .store_valid_i(issue_scalar && issue_scalar_slot.dec.unit == isa_pkg::UnitVstore),
    .store_i      (issue_scalar_slot),
    .valid_o      (v_valid),
    .slot_o       (v_slot),
    .store_data_o (store_data),
    .descriptor_i (v_descriptor),
    .step_a_i     (v_step_a),
    .step_b_i     (v_step_b),
    .key_i        (v_key),
    .counter_i    (v_counter),
    .draw_o       (v_draw),
    .load_valid_i (load_done && load.vec),
    .load_i       (load_v),
    .simd_valid_o (simd_done),
    .simd_o       (simd_result),
    .simd_flags_o (simd_flags),
    .simd_function_o(simd_function),
    .simd_ready_o (simd_ready),
    .function_ready_o(function_ready),
    .mrd_valid_o  (mrd_done),
    .mrd_o        (mrd_result),
    .mma_done_o   (mma_done),
    .mma_thread_o (mma_thread),
    .mma_acc_o    (mma_acc),
    .busy_o       (vector_busy)
  );

  retire u_retire (
    .clk_i,
    .rst_ni,
    .scalar_valid_i(x_commit || x_trap.valid),
    .scalar_i      (x_slot),
    .trap_i        (x_trap),
    .handled_i     (x_handled),
    .redirect_i    (x_redirect),
    .target_i      (x_target),
    .exit_i        (x_exit),
    .write_valid_i (x_write),
    .write_i       (x_result),
    .base_i        (x_base),
    .vector_valid_i(v_valid),
    .vector_i      (v_slot),
    .load_done_i   (load_done),
    .load_i        (load),
    .load_raw_i    (load_raw),
    .load_x_i      (load_x),
    .load_v_i      (load_v),
    .muldiv_done_i (muldiv_done),
    .muldiv_i      (muldiv_result),
    .simd_done_i   (simd_done),
    .simd_i        (simd_result),
    .simd_function_i(simd_function),
    .mrd_done_i    (mrd_done),
    .mrd_i         (mrd_result),
    .rvfi_o,
    .busy_o        (retire_busy)
  );

  assign busy_o = control_busy || scalar_busy || front_busy || lsu_busy || vector_busy || retire_busy;
endmodule : core
