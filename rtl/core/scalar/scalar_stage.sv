// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The scalar slot from issue to results: registers, stage X, CSRs, multiplier and divider. Wires and the stage's register.
///
/// Takes one instruction per cycle and never stalls; see `execute` for what happens in stage X. Late scalar results share
/// one write port: loads cannot wait and go first, products and quotients are held until the port is free.
module scalar_stage (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  noc_pkg::node_id_t           id_i,
  input  logic [63:0]                 time_i,
  // Issue (stage I).
  input  logic                        issue_valid_i,
  input  pipe_pkg::slot_t             issue_i,
  input  pipe_pkg::thread_t           vector_issue_thread_i,  // the vector slot reads its xs1 here
  input  logic [4:0]                  vector_issue_rs1_i,
  output logic [63:0]                 vector_xs1_o,
  output logic                        muldiv_ready_o,    // a multiplication or division may issue
  input  logic                        start_valid_i,
  input  pipe_pkg::thread_t           start_thread_i,
  // Stage X.
  output pipe_pkg::slot_t             slot_o,
  output logic                        memory_o,          // a memory instruction
  input  pipe_pkg::trap_t             memory_trap_i,
  output logic                        memory_commit_o,   // it is carried out
  output logic [5:0]                  sem_read_sem_o,
  input  logic [15:0]                 sem_read_value_i,
  output logic                        sem_post_valid_o,  // in stage X, so that the next instruction reads the sum
  output logic [5:0]                  sem_post_sem_o,
  output logic [15:0]                 sem_post_value_o,
  output logic                        redirect_o,
  output logic [63:0]                 target_o,
  output logic                        flush_o,
  output logic                        kill_o,
  output logic                        arm_o,
  output logic                        exit_o,
  output logic                        start_o,
  output pipe_pkg::trap_t             trap_o,
  output logic                        handled_o,
  output logic                        commit_o,
  output logic                        write_valid_o,
  output pipe_pkg::xwrite_t           write_o,
  // The vector slot in stage X: the count of retired instructions, and the CSRs of arithmetic.
  input  logic                        vector_commit_i,
  input  pipe_pkg::thread_t           vector_thread_i,
  input  logic [3:0]                  vector_format_i,
  output fmt_pkg::descriptor_t        vector_descriptor_o,
  input  logic [2:0]                  vector_pair_i,
  output fmt_pkg::descriptor_t        vector_a_o,
  output fmt_pkg::descriptor_t        vector_b_o,
  output logic                        format_write_o,
  output pipe_pkg::pair_fault_t [7:0] pair_fault_o [cfg_pkg::Threads],
  output logic [63:0]                 vector_key_o,
  output logic [63:0]                 vector_counter_o,
  input  logic                        vector_draw_i,
  input  logic                        flags_valid_i,
  input  pipe_pkg::thread_t           flags_thread_i,
  input  flag_pkg::flags_t            flags_i,
  // Late results.
  input  logic                        load_valid_i,      // scalar load
  input  pipe_pkg::xwrite_t           load_i,
  output logic                        muldiv_done_o,
  output pipe_pkg::xwrite_t           muldiv_o,
  output logic                        busy_o
);
  logic valid_q;
  pipe_pkg::slot_t slot_q;
  logic [63:0] xs1, xs2;
  logic csr_access, csr_legal, csr_format_illegal, mret;
  logic muldiv_start, muldiv_idle, muldiv_valid, load_writes, late_valid;
  logic [63:0] csr_rdata, mtvec, mepc;
  logic [3:0] csr_format;
  pipe_pkg::xwrite_t late;
  logic [cfg_pkg::Threads-1:0] retire;

  assign slot_o           = slot_q;
  assign sem_post_sem_o   = slot_q.xs1[5:0];
  assign sem_post_value_o = slot_q.xs2[15:0];
  assign busy_o           = valid_q || !muldiv_idle;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= issue_valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (issue_valid_i) begin
      slot_q     <= issue_i;
      slot_q.xs1 <= xs1;
      slot_q.xs2 <= xs2;
    end
  end

  assign memory_o = valid_q && !slot_q.fetch_fault && slot_q.dec.legal &&
                    (slot_q.dec.unit == isa_pkg::UnitLoad || slot_q.dec.unit == isa_pkg::UnitStore ||
                     slot_q.dec.unit == isa_pkg::UnitVload || slot_q.dec.unit == isa_pkg::UnitVstore);

  assign load_writes   = load_valid_i && load_i.rd != '0;
  assign muldiv_done_o = muldiv_valid && !load_writes;
  assign late_valid    = load_writes || (muldiv_done_o && muldiv_o.rd != '0);
  assign late          = load_writes ? load_i : muldiv_o;

  regfile u_regfile (
    .clk_i,
    .rst_ni,
    .a_thread_i  (issue_i.thread),
    .a_rs1_i     (issue_i.dec.rs1),
    .a_rs2_i     (issue_i.dec.rs2),
    .a_xs1_o     (xs1),
    .a_xs2_o     (xs2),
    .b_thread_i  (vector_issue_thread_i),
    .b_rs1_i     (vector_issue_rs1_i),
    .b_xs1_o     (vector_xs1_o),
    .x_valid_i   (write_valid_o),
    .x_i         (write_o),
    .late_valid_i(late_valid),
    .late_i      (late),
    .start_valid_i,
    .start_thread_i
  );

  execute u_execute (
    .clk_i,
    .rst_ni,
    .valid_i     (valid_q),
    .slot_i      (slot_q),
    .memory_trap_i,
    .csr_access_o(csr_access),
    .csr_rdata_i (csr_rdata),
    .csr_legal_i (csr_legal),
    .csr_format_illegal_i(csr_format_illegal),
    .csr_format_i(csr_format),
    .mtvec_i     (mtvec),
    .mepc_i      (mepc),
    .mret_o      (mret),
    .sem_read_sem_o,
    .sem_read_value_i,
    .write_valid_o,
    .write_o,
    .redirect_o,
    .target_o,
    .flush_o,
    .kill_o,
    .trap_o,
    .handled_o,
    .commit_o,
    .muldiv_o    (muldiv_start),
    .memory_o    (memory_commit_o),
    .arm_o,
    .exit_o,
    .start_o,
    .post_o      (sem_post_valid_o)
  );

  always_comb begin
    retire = '0;
    if (commit_o) retire[slot_q.thread] = 1'b1;
    if (vector_commit_i) retire[vector_thread_i] = 1'b1;
  end

  csr u_csr (
    .clk_i,
    .id_i,
    .time_i,
    .thread_i(slot_q.thread),
    .dec_i   (slot_q.dec),
    .xs1_i   (slot_q.xs1),
    .access_i(csr_access),
    .rdata_o (csr_rdata),
    .legal_o (csr_legal),
    .format_illegal_o(csr_format_illegal),
    .format_o(csr_format),
    .trap_i  (handled_o),
    .cause_i (trap_o.cause),
    .value_i (trap_o.value),
    .pc_i    (slot_q.pc),
    .mret_i  (mret),
    .mtvec_o (mtvec),
    .mepc_o  (mepc),
    .retire_i(retire),
    .vector_thread_i,
    .vector_format_i,
    .vector_descriptor_o,
    .vector_pair_i,
    .vector_a_o,
    .vector_b_o,
    .format_write_o,
    .pair_fault_o,
    .vector_key_o,
    .vector_counter_o,
    .vector_draw_i,
    .flags_valid_i,
    .flags_thread_i,
    .flags_i,
    .start_valid_i,
    .start_thread_i
  );

  muldiv u_muldiv (
    .clk_i,
    .rst_ni,
    .ready_o     (muldiv_idle),
    .valid_i     (muldiv_start),
    .op_i        (slot_q.dec.op),
    .thread_i    (slot_q.thread),
    .rd_i        (slot_q.dec.rd),
    .xs1_i       (slot_q.xs1),
    .xs2_i       (slot_q.xs2),
    .done_valid_o(muldiv_valid),
    .done_ready_i(!load_writes),
    .done_o      (muldiv_o)
  );

  assign muldiv_ready_o = muldiv_idle && !(valid_q && slot_q.dec.unit == isa_pkg::UnitMuldiv);
endmodule : scalar_stage
