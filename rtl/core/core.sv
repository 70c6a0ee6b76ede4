// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The core of a node: Threads-way multithreaded, in order within a thread, up to one scalar instruction per thread and
/// cycle on four pipes, and behind them a vector side with queues of its own. Wires only; docs/core.md has the pipeline,
/// the issue rules and the latencies.
///
/// Handshakes: fetch and load requests, stores and transfer lists are valid/ready; answers and `store_done_i` have no
/// back-pressure. `sem_wait_valid_o` holds until granted, or until the thread is stopped by a late fault.
/// `busy_o`: the clock must run; low when every thread is parked, faulted or waits for a semaphore. In the cycle of a grant
/// it is the semaphores that keep the clock running.
module core (
  input  logic                                            clk_i,
  input  logic                                            rst_ni,
  input  noc_pkg::node_id_t                               id_i,
  input  logic [63:0]                                     time_i,
  // SRAM: instruction fetch, loads (one port per memory pipe), stores.
  output logic                                            fetch_req_valid_o,
  input  logic                                            fetch_req_ready_i,
  output sram_pkg::read_req_t                             fetch_req_o,
  input  logic                                            fetch_rsp_valid_i,
  input  sram_pkg::read_rsp_t                             fetch_rsp_i,
  output logic [pipe_pkg::MemoryPipes-1:0]                load_req_valid_o,
  input  logic [pipe_pkg::MemoryPipes-1:0]                load_req_ready_i,
  output sram_pkg::read_req_t                             load_req_o [pipe_pkg::MemoryPipes],
  input  logic [pipe_pkg::MemoryPipes-1:0]                load_rsp_valid_i,
  input  sram_pkg::read_rsp_t                             load_rsp_i [pipe_pkg::MemoryPipes],
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
  // Wrong words of the SRAM, and the scrubber: CSRs.
  input  sram_pkg::errors_t                               memory_errors_i,
  output sram_pkg::errors_write_t                         memory_errors_write_o,
  // Observation.
  output rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]        rvfi_o,
  output core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_o,
  output logic                                            busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned Pipes = pipe_pkg::Pipes;
  localparam int unsigned MemoryPipes = pipe_pkg::MemoryPipes;
  localparam int unsigned MemoryPipe = pipe_pkg::MemoryPipe;
  localparam int unsigned System = pipe_pkg::SystemPipe;
  localparam int unsigned Alu = pipe_pkg::AluPipe;

  // Threads.
  logic [Threads-1:0] run, active, granted, pop, idle, trap_found, trap_pending, voided, passes, retired, unretired;
  pipe_pkg::head_t head[Threads];
  logic [63:0] pc[Threads], begin_pc;
  pipe_pkg::flight_t flight [Threads];
  pipe_pkg::priority_t [Threads-1:0] priorities;
  logic begin_valid;
  pipe_pkg::thread_t begin_thread;

  // Stage I.
  logic [4:0] rs1[Threads], rs2[Threads];
  logic [63:0] xs1[Threads], xs2[Threads];
  logic [Threads-1:0] issue_thread, vector_issue_valid;
  isa_pkg::decoded_t dec [Threads];
  logic [Pipes-1:0] issue_valid;
  pipe_pkg::slot_t issued[Pipes], vector_issued[Threads];
  logic muldiv_ready, store_issued, alu_valid;
  pipe_pkg::pair_fault_t [7:0] pair_fault[Threads];
  logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall [Threads];

  // Stage X.
  pipe_pkg::slot_t system, alu;
  pipe_pkg::event_t happens;
  logic [MemoryPipes-1:0] load_ready, memory_busy;
  lsu_pkg::store_t [MemoryPipes-1:0] scalar_store;
  pipe_pkg::xwrite_t write[Pipes], written[MemoryPipes];  // the latter a cycle later

  // Stage M, and traps that take effect.
  pipe_pkg::entry_t entry;
  pipe_pkg::slot_t memory_done [MemoryPipes];
  pipe_pkg::memory_event_t memory_event [MemoryPipes];
  logic [63:0] base [MemoryPipes];

  // Stores.
  logic scalar_store_ready, vector_store_ready, store_done, vector_store_valid;
  pipe_pkg::thread_t store_thread;
  pipe_pkg::slot_t vector_store;
  pipe_pkg::vstore_t store_data;

  // Vector side.
  logic [Threads-1:0] vector_pop, store_pop, step_pop, simd_pop, operand_pop, vector_idle;
  pipe_pkg::slot_t vector_head [Threads];
  pipe_pkg::vector_t loaded [Threads];
  vector_pkg::number_ask_t ask;
  vector_pkg::number_t number;

  // Late results.
  pipe_pkg::answer_t answer [MemoryPipes];
  logic muldiv_done, simd_function;
  pipe_pkg::xwrite_t muldiv;
  pipe_pkg::vwrite_t simd, mrd;
  flag_pkg::flags_t simd_flags;

  logic front_busy, control_busy, scalar_busy, store_busy, vector_busy, retire_busy;

  fetch u_fetch (
    .clk_i,
    .rst_ni,
    .active_i         (active),
    .priority_i       (priorities),
    .event_i          (happens),
    .event_thread_i   (system.thread),
    .event_pc_i       (system.pc[63:2]),
    .entry_i          (entry),
    .start_valid_i    (begin_valid),
    .start_thread_i   (begin_thread),
    .start_pc_i       (begin_pc),
    .flush_i          (happens.flush || start_valid_i),
    .head_o           (head),
    .pop_i            (pop),
    .fetch_req_valid_o,
    .fetch_req_ready_i,
    .fetch_req_o,
    .fetch_rsp_valid_i,
    .fetch_rsp_i,
    .busy_o           (front_busy)
  );

  thread_control u_control (
    .clk_i,
    .rst_ni,
    .run_o              (run),
    .active_o           (active),
    .granted_o          (granted),
    .pc_o               (pc),
    .pop_i              (pop),
    .head_i             (head),
    .idle_i             (idle),
    .event_i            (happens),
    .slot_i             (system),
    .entry_i            (entry),
    .trap_pending_i     (trap_pending),
    .xfer_fault_valid_i,
    .xfer_fault_thread_i,
    .xfer_fault_addr_i,
    .answer_i           (answer),
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

  issue u_issue (
    .clk_i,
    .rst_ni,
    .run_i         (run),
    .granted_i     (granted),
    .pc_i          (pc),
    .head_i        (head),
    .pop_o         (pop),
    .rs1_o         (rs1),
    .rs2_o         (rs2),
    .xs1_i         (xs1),
    .xs2_i         (xs2),
    .flight_i      (flight),
    .load_ready_i  (load_ready),
    .store_ready_i (scalar_store_ready),
    .muldiv_ready_i(muldiv_ready),
    .pair_fault_i  (pair_fault),
    .event_i       (happens),
    .event_thread_i(system.thread),
    .entry_i       (entry),
    .memory_event_i(memory_event),
    .trap_i        (memory_done),
    .trap_found_o  (trap_found),
    .trap_pending_o(trap_pending),
    .void_o        (voided),
    .pass_o        (passes),
    .stall_o       (stall),
    .issued_o      (issue_thread),
    .dec_o         (dec),
    .valid_o       (issue_valid),
    .slot_o        (issued),
    .store_o       (store_issued),
    .vector_valid_o(vector_issue_valid),
    .vector_o      (vector_issued)
  );

  scoreboard u_scoreboard (
    .clk_i,
    .rst_ni,
    .issued_i      (issue_thread),
    .dec_i         (dec),
    .void_i        (voided),
    .trap_i        (trap_found),
    .answer_i      (answer),
    .muldiv_i      (muldiv),
    .store_done_i  (store_done),
    .store_thread_i(store_thread),
    .vector_pop_i  (vector_pop),
    .operand_pop_i (operand_pop),
    .vstore_pop_i  (store_pop),
    .vector_idle_i (vector_idle),
    .flight_o      (flight)
  );

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    assign idle[t]        = flight[t].idle && !trap_pending[t];
    assign operand_pop[t] = vector_pop[t] && pipe_pkg::takes_operand(vector_head[t].dec);
    assign unretired[t]   = trap_found[t] || (entry.valid && entry.counted && entry.thread == pipe_pkg::thread_t'(t));
    assign retired[t]     = (happens.commit && system.thread == pipe_pkg::thread_t'(t)) || passes[t];
  end

  scalar_stage u_scalar (
    .clk_i,
    .rst_ni,
    .id_i,
    .time_i,
    .rs1_i           (rs1),
    .rs2_i           (rs2),
    .xs1_o           (xs1),
    .xs2_o           (xs2),
    .system_valid_i  (issue_valid[System]),
    .system_i        (issued[System]),
    .alu_valid_i     (issue_valid[Alu]),
    .alu_i           (issued[Alu]),
    .muldiv_ready_o  (muldiv_ready),
    .start_valid_i   (begin_valid),
    .start_thread_i  (begin_thread),
    .system_o        (system),
    .void_i          (voided),
    .event_o         (happens),
    .entry_o         (entry),
    .system_write_o  (write[System]),
    .alu_valid_o     (alu_valid),
    .alu_o           (alu),
    .alu_write_o     (write[Alu]),
    .memory_write_i  (write[MemoryPipe+:MemoryPipes]),
    .sem_read_sem_o,
    .sem_read_value_i,
    .sem_post_valid_o,
    .sem_post_sem_o,
    .sem_post_value_o,
    .memory_errors_i,
    .memory_errors_write_o,
    .retire_i        (retired),
    .unretire_i      (unretired),
    .priority_o      (priorities),
    .status_i        (status_o),
    .stall_i         (stall),
    .step_i          (step_pop),
    .simd_i          (simd_pop),
    .conflict_i      (load_req_valid_o & ~load_req_ready_i),
    .pair_fault_o    (pair_fault),
    .ask_i           (ask),
    .number_o        (number),
    .flags_valid_i   (simd.valid),
    .flags_thread_i  (simd.thread),
    .flags_i         (simd_flags),
    .answer_i        (answer),
    .muldiv_done_o   (muldiv_done),
    .muldiv_o        (muldiv),
    .busy_o          (scalar_busy)
  );

  for (genvar p = 0; p < MemoryPipes; p++) begin : gen_memory
    memory_pipe u_memory (
      .clk_i,
      .rst_ni,
      .load_ready_o(load_ready[p]),
      .valid_i     (issue_valid[MemoryPipe+p]),
      .slot_i      (issued[MemoryPipe+p]),
      .void_i      (voided),
      .store_o     (scalar_store[p]),
      .write_o     (write[MemoryPipe+p]),
      .event_o     (memory_event[p]),
      .done_o      (memory_done[p]),
      .base_o      (base[p]),
      .written_o   (written[p]),
      .answer_o    (answer[p]),
      .req_valid_o (load_req_valid_o[p]),
      .req_ready_i (load_req_ready_i[p]),
      .req_o       (load_req_o[p]),
      .rsp_valid_i (load_rsp_valid_i[p]),
      .rsp_i       (load_rsp_i[p]),
      .busy_o      (memory_busy[p])
    );
  end

  store_port u_store (
    .clk_i,
    .rst_ni,
    .scalar_ready_o(scalar_store_ready),
    .vector_ready_o(vector_store_ready),
    .issue_i       (store_issued),
    .pop_i         (store_pop != '0),
    .void_i        (voided),
    .scalar_i      (scalar_store),
    .event_i       (memory_event),
    .vector_valid_i(vector_store_valid),
    .vector_i      (vector_store),
    .data_i        (store_data),
    .done_o        (store_done),
    .thread_o      (store_thread),
    .store_valid_o,
    .store_ready_i,
    .store_o,
    .store_done_i,
    .busy_o        (store_busy)
  );

  vector_stage u_vector (
    .clk_i,
    .rst_ni,
    .issue_valid_i  (vector_issue_valid),
    .issue_i        (vector_issued),
    .void_i         (voided),
    .memory_event_i (memory_event),
    .memory_i       (memory_done),
    .memory_base_i  (base),
    .answer_i       (answer),
    .pop_o          (vector_pop),
    .pop_store_o    (store_pop),
    .pop_step_o     (step_pop),
    .pop_simd_o     (simd_pop),
    .head_o         (vector_head),
    .loaded_o       (loaded),
    .idle_o         (vector_idle),
    .priority_i     (priorities),
    .store_ready_i  (vector_store_ready),
    .store_valid_o  (vector_store_valid),
    .store_o        (vector_store),
    .store_data_o   (store_data),
    .ask_o          (ask),
    .number_i       (number),
    .simd_o         (simd),
    .simd_flags_o   (simd_flags),
    .simd_function_o(simd_function),
    .mrd_o          (mrd),
    .busy_o         (vector_busy)
  );

  retire u_retire (
    .clk_i,
    .rst_ni,
    .system_i       (system),
    .event_i        (happens),
    .alu_valid_i    (alu_valid),
    .alu_i          (alu),
    .memory_event_i (memory_event),
    .memory_i       (memory_done),
    .base_i         (base),
    .write_i        (write[0:MemoryPipe-1]),
    .written_i      (written),
    .answer_i       (answer),
    .muldiv_done_i  (muldiv_done),
    .muldiv_i       (muldiv),
    .pop_i          (vector_pop),
    .head_i         (vector_head),
    .loaded_i       (loaded),
    .simd_i         (simd),
    .simd_function_i(simd_function),
    .mrd_i          (mrd),
    .rvfi_o,
    .busy_o         (retire_busy)
  );

  assign busy_o = control_busy || scalar_busy || front_busy || memory_busy != '0 || store_busy || vector_busy ||
                  retire_busy || trap_pending != '0;
endmodule : core
