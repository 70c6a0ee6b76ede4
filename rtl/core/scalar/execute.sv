// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Stage X of the scalar slot: integer results, branches, traps, and the requests to the other units. Combinational from
/// the stage's register; everything takes effect at the end of the cycle.
///
/// A trap has no effect but its report: no register, memory or queue changes. With a handler (`mtvec` not 0) the thread is
/// redirected to it, else it stops as faulted.
module execute (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                valid_i,
  input  pipe_pkg::slot_t     slot_i,
  // Memory unit: does the access in this stage trap?
  input  pipe_pkg::trap_t     memory_trap_i,
  // CSR.
  output logic                csr_access_o,
  input  logic [63:0]         csr_rdata_i,
  input  logic                csr_legal_i,
  input  logic                csr_format_illegal_i,  // a write of what is no format descriptor
  input  logic [3:0]          csr_format_i,
  input  logic [63:0]         mtvec_i,
  input  logic [63:0]         mepc_i,
  output logic                mret_o,
  // Semaphore value for sem.read.
  output logic [5:0]          sem_read_sem_o,
  input  logic [15:0]         sem_read_value_i,
  // Result.
  output logic                write_valid_o,
  output pipe_pkg::xwrite_t   write_o,
  // Control flow.
  output logic                redirect_o,
  output logic [63:0]         target_o,
  output logic                flush_o,     // fence.i
  output logic                kill_o,      // the thread's next instruction must not issue in this cycle
  output pipe_pkg::trap_t     trap_o,
  output logic                handled_o,   // the trap enters a handler
  // Requests; none is valid when the instruction traps.
  output logic                commit_o,    // done, or on its way to a late result: counts as retired
  output logic                muldiv_o,
  output logic                memory_o,
  output logic                arm_o,
  output logic                exit_o,
  output logic                start_o,
  output logic                post_o
);
  localparam logic [63:0] DescriptorBytes = 64'd64;

  logic [63:0] alu_result, branch_target;
  logic taken;

  alu u_alu (
    .op_i    (slot_i.dec.op),
    .pc_i    (slot_i.pc),
    .xs1_i   (slot_i.xs1),
    .xs2_i   (slot_i.xs2),
    .imm_i   (slot_i.dec.imm),
    .result_o(alu_result)
  );

  branch u_branch (
    .op_i    (slot_i.dec.op),
    .pc_i    (slot_i.pc),
    .xs1_i   (slot_i.xs1),
    .xs2_i   (slot_i.xs2),
    .imm_i   (slot_i.dec.imm),
    .taken_o (taken),
    .target_o(branch_target)
  );

  assign csr_access_o   = valid_i && slot_i.dec.legal && slot_i.dec.unit == isa_pkg::UnitCsr;
  assign sem_read_sem_o = slot_i.xs1[5:0];

  // Traps.
  always_comb begin
    trap_o = '0;
    if (valid_i) begin
      if (slot_i.fetch_fault) begin
        trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseFetchFault, value: slot_i.pc};
      end else if (!slot_i.dec.legal) begin
        trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseIllegal, value: 64'(slot_i.insn)};
      end else begin
        unique case (slot_i.dec.unit)
          isa_pkg::UnitBranch: begin
            if (taken && branch_target[1:0] != '0) begin
              trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseFetchMisaligned, value: branch_target};
            end
          end
          isa_pkg::UnitCsr: begin
            if (!csr_legal_i) begin
              trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseIllegal, value: 64'(slot_i.insn)};
            end else if (csr_format_illegal_i) begin
              trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseFormat, value: 64'(csr_format_i)};
            end
          end
          isa_pkg::UnitSystem: begin
            if (slot_i.dec.op == isa_pkg::OpEcall) trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseEcall, value: '0};
            if (slot_i.dec.op == isa_pkg::OpEbreak) begin
              trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseBreakpoint, value: slot_i.pc};
            end
          end
          isa_pkg::UnitLoad, isa_pkg::UnitStore, isa_pkg::UnitVload, isa_pkg::UnitVstore: trap_o = memory_trap_i;
          isa_pkg::UnitSync: begin
            if (slot_i.dec.op == isa_pkg::OpXfer) begin
              if (slot_i.xs1[2:0] != '0) begin
                trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseLoadMisaligned, value: slot_i.xs1};
              end else if (!pipe_pkg::in_sram(slot_i.xs1, 32'(slot_i.xs2[15:0]) * 32'(DescriptorBytes))) begin
                trap_o = '{valid: 1'b1, cause: pipe_pkg::CauseLoadFault, value: slot_i.xs1};
              end
            end
          end
          isa_pkg::UnitMatrix: begin
            trap_o = '{valid: slot_i.format_fault, cause: pipe_pkg::CauseFormat, value: 64'(slot_i.format)};
          end
          default: ;
        endcase
      end
    end
  end

  assign handled_o = trap_o.valid && mtvec_i != '0;
  assign commit_o  = valid_i && !trap_o.valid && !slot_i.arm;

  // Results and requests.
  always_comb begin
    write_valid_o  = 1'b0;
    write_o.thread = slot_i.thread;
    write_o.rd     = slot_i.dec.rd;
    write_o.data   = alu_result;
    redirect_o     = handled_o;
    target_o       = handled_o ? mtvec_i : branch_target;
    flush_o        = 1'b0;
    mret_o         = 1'b0;
    muldiv_o       = 1'b0;
    memory_o       = 1'b0;
    exit_o         = 1'b0;
    start_o        = 1'b0;
    post_o         = 1'b0;
    arm_o          = valid_i && !trap_o.valid && slot_i.arm;
    if (commit_o) begin
      write_valid_o = slot_i.dec.writes_xd && slot_i.dec.rd != '0;
      unique case (slot_i.dec.unit)
        isa_pkg::UnitBranch: begin
          redirect_o   = taken;
          write_o.data = slot_i.pc + 64'd4;
        end
        isa_pkg::UnitCsr: write_o.data = csr_rdata_i;
        isa_pkg::UnitMuldiv: begin
          write_valid_o = 1'b0;
          muldiv_o      = 1'b1;
        end
        isa_pkg::UnitLoad, isa_pkg::UnitStore, isa_pkg::UnitVload, isa_pkg::UnitVstore: begin
          write_valid_o = 1'b0;
          memory_o      = 1'b1;
        end
        isa_pkg::UnitSystem: begin
          if (slot_i.dec.op == isa_pkg::OpMret) begin
            mret_o     = 1'b1;
            redirect_o = 1'b1;
            target_o   = mepc_i;
          end
          if (slot_i.dec.op == isa_pkg::OpFenceI) begin
            flush_o    = 1'b1;
            redirect_o = 1'b1;
            target_o   = slot_i.pc + 64'd4;
          end
        end
        isa_pkg::UnitSync: begin
          write_o.data = 64'(sem_read_value_i);
          exit_o       = slot_i.dec.op == isa_pkg::OpThreadExit;
          start_o      = slot_i.dec.op == isa_pkg::OpThreadStart;
          post_o       = slot_i.dec.op == isa_pkg::OpSemPost;
        end
        default: ;
      endcase
    end
  end

  assign kill_o = trap_o.valid || redirect_o || arm_o || exit_o;

  // Of the vector slot's instructions, only a matrix step of the wrong formats comes here, to trap.
  logic vector_work;
  assign vector_work = slot_i.dec.legal && !slot_i.format_fault &&
                       slot_i.dec.unit inside {isa_pkg::UnitSimd, isa_pkg::UnitFunction, isa_pkg::UnitMatrix};
  `TATAMI_ASSERT(NoVectorWork, !valid_i || !vector_work)
endmodule : execute
