// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The scalar side without its memory pipes: registers, system pipe, ALU pipe, CSRs, multiplier and divider. Wires and
/// the pipes' registers.
///
/// Each pipe takes one instruction per cycle and never stalls; see `execute` for what the system pipe does in stage X. A trap
/// takes effect in the cycle after (`entry_o`).
module scalar_stage (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  noc_pkg::node_id_t           id_i,
  input  logic [63:0]                 time_i,
  // Registers of the heads.
  input  logic [4:0]                  rs1_i [cfg_pkg::Threads],
  input  logic [4:0]                  rs2_i [cfg_pkg::Threads],
  output logic [63:0]                 xs1_o [cfg_pkg::Threads],
  output logic [63:0]                 xs2_o [cfg_pkg::Threads],
  // Issue.
  input  logic                        system_valid_i,
  input  pipe_pkg::slot_t             system_i,
  input  logic                        alu_valid_i,
  input  pipe_pkg::slot_t             alu_i,
  output logic                        muldiv_ready_o,    // a multiplication or division may issue
  input  logic                        start_valid_i,
  input  pipe_pkg::thread_t           start_thread_i,
  // Stage X.
  output pipe_pkg::slot_t             system_o,
  input  logic [cfg_pkg::Threads-1:0] void_i,            // what the thread has there is void
  output pipe_pkg::event_t            event_o,
  output pipe_pkg::entry_t            entry_o,
  output pipe_pkg::xwrite_t           system_write_o,
  output logic                        alu_valid_o,
  output pipe_pkg::slot_t             alu_o,
  output pipe_pkg::xwrite_t           alu_write_o,
  input  pipe_pkg::xwrite_t           memory_write_i [pipe_pkg::MemoryPipes],
  output logic [5:0]                  sem_read_sem_o,
  input  logic [15:0]                 sem_read_value_i,
  output logic                        sem_post_valid_o,  // in stage X, so that the next instruction reads the sum
  output logic [5:0]                  sem_post_sem_o,
  output logic [15:0]                 sem_post_value_o,
  input  sram_pkg::errors_t           memory_errors_i,
  output sram_pkg::errors_write_t     memory_errors_write_o,
  input  logic [cfg_pkg::Threads-1:0] retire_i,          // one more instruction of the thread
  input  logic [cfg_pkg::Threads-1:0] unretire_i,        // the one before traps
  output pipe_pkg::priority_t [cfg_pkg::Threads-1:0] priority_o,
  // What the performance counters count.
  input  core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_i,
  input  logic [isa_pkg::CountPipe:isa_pkg::CountFetch] stall_i [cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0] step_i,
  input  logic [cfg_pkg::Threads-1:0] simd_i,
  input  logic [pipe_pkg::MemoryPipes-1:0] conflict_i,
  // Vector arithmetic.
  output pipe_pkg::pair_fault_t [7:0] pair_fault_o [cfg_pkg::Threads],
  input  vector_pkg::number_ask_t     ask_i,
  output vector_pkg::number_t         number_o,
  input  logic                        flags_valid_i,
  input  pipe_pkg::thread_t           flags_thread_i,
  input  flag_pkg::flags_t            flags_i,
  // Late results.
  input  pipe_pkg::answer_t           answer_i [pipe_pkg::MemoryPipes],
  output logic                        muldiv_done_o,
  output pipe_pkg::xwrite_t           muldiv_o,
  output logic                        busy_o
);
  logic system_valid_q, alu_valid_q, system_valid;
  pipe_pkg::slot_t system_q, alu_q;
  pipe_pkg::xwrite_t system_forward;
  logic csr_access, csr_legal, csr_format_illegal, mret, muldiv_start, muldiv_idle;
  logic [63:0] csr_rdata, mtvec, mepc, alu_result;
  logic [3:0] csr_format;
  logic [4:0] counter;
  logic [63:0] count;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      system_valid_q <= 1'b0;
      alu_valid_q    <= 1'b0;
    end else begin
      system_valid_q <= system_valid_i;
      alu_valid_q    <= alu_valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    system_q <= system_i;  // without an enable: that something issues is known late
    alu_q    <= alu_i;
  end

  assign system_valid     = system_valid_q && !void_i[system_q.thread];
  assign system_o         = system_q;
  assign alu_valid_o      = alu_valid_q && !void_i[alu_q.thread];
  assign alu_o            = alu_q;
  assign sem_post_sem_o   = system_q.xs1[5:0];
  assign sem_post_value_o = system_q.xs2[15:0];
  assign busy_o           = system_valid_q || alu_valid_q || entry_o.valid || !muldiv_idle;

  always_ff @(posedge clk_i) begin
    entry_o.valid <= rst_ni && event_o.trap.valid;
    entry_o.thread  <= system_q.thread;
    entry_o.pc      <= system_q.pc;
    entry_o.cause   <= event_o.trap.cause;
    entry_o.value   <= event_o.trap.value;
    entry_o.handled <= event_o.handled;
    entry_o.target  <= event_o.handler;
    entry_o.arm     <= system_q.arm;
    entry_o.counted <= event_o.commit;
  end

  // Registers: a thread has at most one instruction in stage X, and its loads come from one memory pipe.
  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    localparam int unsigned Memory = pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));

    pipe_pkg::xwrite_t x, x_q, forward, loaded, product;

    always_comb begin
      forward = '0;
      if (alu_write_o.valid && alu_write_o.thread == pipe_pkg::thread_t'(t)) forward = alu_write_o;
      if (memory_write_i[Memory].valid && memory_write_i[Memory].thread == pipe_pkg::thread_t'(t)) begin
        forward = memory_write_i[Memory];
      end
      x = forward;
      if (system_write_o.valid && system_write_o.thread == pipe_pkg::thread_t'(t)) x = system_write_o;
      if (system_forward.valid && system_forward.thread == pipe_pkg::thread_t'(t)) forward = system_forward;
    end

    always_ff @(posedge clk_i) begin
      x_q       <= x;
      x_q.valid <= rst_ni && x.valid;
    end

    assign loaded = '{
            valid:
            answer_i[Memory].valid
            && !
            answer_i[Memory].load.vec
            &&
            answer_i[Memory].load.rd
            != '0 &&
            answer_i[Memory].load.thread
            ==
            pipe_pkg::thread_t
            '(
            t
            ),
            thread: answer_i[Memory].load.thread,
            rd: answer_i[Memory].load.rd,
            data: answer_i[Memory].value
        };

    always_comb begin
      product       = muldiv_o;
      product.valid = muldiv_o.valid && muldiv_o.thread == pipe_pkg::thread_t'(t);
    end

    regfile #(
      .Thread(t)
    ) u_regfile (
      .clk_i,
      .rst_ni,
      .rs1_i   (rs1_i[t]),
      .rs2_i   (rs2_i[t]),
      .xs1_o   (xs1_o[t]),
      .xs2_o   (xs2_o[t]),
      .forward_i(forward),
      .x_i     (x_q),
      .load_i  (loaded),
      .muldiv_i(product),
      .start_i (start_valid_i && start_thread_i == pipe_pkg::thread_t'(t))
    );
  end

  execute u_execute (
    .clk_i,
    .rst_ni,
    .valid_i     (system_valid),
    .slot_i      (system_q),
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
    .write_o     (system_write_o),
    .forward_o   (system_forward),
    .event_o,
    .muldiv_o    (muldiv_start),
    .post_o      (sem_post_valid_o)
  );

  alu u_alu (
    .op_i    (alu_q.dec.op),
    .pc_i    (alu_q.pc),
    .xs1_i   (alu_q.xs1),
    .xs2_i   (alu_q.xs2),
    .imm_i   (alu_q.dec.imm),
    .result_o(alu_result)
  );

  assign alu_write_o = '{
          valid: alu_valid_o && alu_q.dec.rd != '0,
          thread: alu_q.thread,
          rd: alu_q.dec.rd,
          data: alu_result
      };

  csr u_csr (
    .clk_i,
    .rst_ni,
    .id_i,
    .time_i,
    .thread_i(system_q.thread),
    .dec_i   (system_q.dec),
    .xs1_i   (system_q.xs1),
    .access_i(csr_access),
    .rdata_o (csr_rdata),
    .legal_o (csr_legal),
    .format_illegal_o(csr_format_illegal),
    .format_o(csr_format),
    .entry_i (entry_o),
    .mret_i  (mret),
    .mtvec_o (mtvec),
    .mepc_o  (mepc),
    .priority_o,
    .counter_o(counter),
    .count_i  (count),
    .memory_errors_i,
    .memory_errors_write_o,
    .retire_i,
    .unretire_i,
    .pair_fault_o,
    .ask_i,
    .number_o,
    .flags_valid_i,
    .flags_thread_i,
    .flags_i,
    .start_valid_i,
    .start_thread_i
  );

  counters u_counters (
    .clk_i,
    .rst_ni,
    .stall_i,
    .void_i,
    .status_i,
    .step_i,
    .simd_i,
    .conflict_i,
    .thread_i(system_q.thread),
    .number_i(counter),
    .count_o (count)
  );

  muldiv u_muldiv (
    .clk_i,
    .rst_ni,
    .ready_o     (muldiv_idle),
    .valid_i     (muldiv_start),
    .op_i        (system_q.dec.op),
    .thread_i    (system_q.thread),
    .rd_i        (system_q.dec.rd),
    .xs1_i       (system_q.xs1),
    .xs2_i       (system_q.xs2),
    .done_valid_o(muldiv_done_o),
    .done_o      (muldiv_o)
  );

  assign muldiv_ready_o = muldiv_idle && !(system_valid_q && system_q.dec.unit == isa_pkg::UnitMuldiv);
endmodule : scalar_stage
