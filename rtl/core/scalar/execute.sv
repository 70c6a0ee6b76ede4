// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Stage X of the system pipe: integer results, branches, CSRs, traps, and the requests to the other units. Combinational
/// from the stage's register; everything but a trap takes effect at the end of the cycle.
///
/// A trap has no effect but its report: no register or queue changes. With a handler (`mtvec` not 0) the thread is
/// redirected to it in the next cycle, else it stops as faulted.
module execute (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                valid_i,
  input  pipe_pkg::slot_t     slot_i,
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
  // Result, and as much of it as the thread's head reads in this cycle: not of CSR accesses, and whether it traps or not.
  output pipe_pkg::xwrite_t   write_o,
  output pipe_pkg::xwrite_t   forward_o,
  // Control flow, traps and threads; nothing but the trap when the instruction traps.
  output pipe_pkg::event_t    event_o,
  output logic                muldiv_o,
  output logic                post_o
);
  localparam logic [63:0] DescriptorBytes = 64'd64;

  logic [63:0] alu_result, branch_target, next_pc;
  logic taken, elsewhere, misaligned, acts, jump, hold, cancel;
  logic [63:0] jump_target, result;
  pipe_pkg::trap_t trap;

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
    .taken_i (slot_i.taken),
    .target_i(slot_i.target[63:1]),
    .taken_o (taken),
    .target_o(branch_target),
    .elsewhere_o(elsewhere)
  );

  assign csr_access_o   = valid_i && !slot_i.trap.valid && !slot_i.refetch && slot_i.dec.unit == isa_pkg::UnitCsr;
  assign sem_read_sem_o = slot_i.xs1[5:0];

  // Traps.
  always_comb begin
    trap = '0;
    if (valid_i && !slot_i.refetch) begin
      trap = slot_i.trap;
      if (!trap.valid) begin
        unique case (slot_i.dec.unit)
          isa_pkg::UnitBranch: begin
            if (misaligned) begin
              trap = '{valid: 1'b1, cause: pipe_pkg::CauseFetchMisaligned, value: branch_target};
            end
          end
          isa_pkg::UnitCsr: begin
            if (!csr_legal_i) begin
              trap = '{valid: 1'b1, cause: pipe_pkg::CauseIllegal, value: 64'(slot_i.insn)};
            end else if (csr_format_illegal_i) begin
              trap = '{valid: 1'b1, cause: pipe_pkg::CauseFormat, value: 64'(csr_format_i)};
            end
          end
          isa_pkg::UnitSystem: begin
            if (slot_i.dec.op == isa_pkg::OpEcall) trap = '{valid: 1'b1, cause: pipe_pkg::CauseEcall, value: '0};
            if (slot_i.dec.op == isa_pkg::OpEbreak) begin
              trap = '{valid: 1'b1, cause: pipe_pkg::CauseBreakpoint, value: slot_i.pc};
            end
          end
          isa_pkg::UnitSync: begin
            // Its operands are the same in the second pass.
            if (slot_i.dec.op == isa_pkg::OpXfer && slot_i.arm) begin
              if (slot_i.xs1[2:0] != '0) begin
                trap = '{valid: 1'b1, cause: pipe_pkg::CauseLoadMisaligned, value: slot_i.xs1};
              end else if (!pipe_pkg::in_sram(slot_i.xs1, 32'(slot_i.xs2[15:0]) * 32'(DescriptorBytes))) begin
                trap = '{valid: 1'b1, cause: pipe_pkg::CauseLoadFault, value: slot_i.xs1};
              end
            end
          end
          default: ;
        endcase
      end
    end
  end

  assign next_pc    = taken ? branch_target : slot_i.pc + 64'd4;
  assign misaligned = taken && branch_target[1:0] != '0;

  // What needs only the instruction is known early and holds the thread's head back; a CSR access and an instruction that
  // waits do so whether they trap or not. A branch that goes elsewhere is known late: what issued behind it is void.
  assign acts = valid_i && !slot_i.trap.valid && !slot_i.refetch && !slot_i.arm;

  always_comb begin
    jump        = valid_i && slot_i.refetch;
    jump_target = slot_i.refetch ? slot_i.pc : next_pc;
    hold        = valid_i && (slot_i.trap.valid || slot_i.refetch || slot_i.arm);
    cancel      = 1'b0;
    result      = alu_result;
    if (acts) begin
      unique case (slot_i.dec.unit)
        isa_pkg::UnitBranch: begin
          jump   = elsewhere && !misaligned;
          cancel = elsewhere;
          result = slot_i.pc + 64'd4;
        end
        isa_pkg::UnitCsr: hold = 1'b1;
        isa_pkg::UnitSystem: begin
          jump = slot_i.dec.op == isa_pkg::OpMret || slot_i.dec.op == isa_pkg::OpFenceI;
          hold = slot_i.dec.op != isa_pkg::OpFence;
          if (slot_i.dec.op == isa_pkg::OpMret) jump_target = mepc_i;
        end
        isa_pkg::UnitSync: begin
          hold   = slot_i.dec.op == isa_pkg::OpThreadExit;
          result = 64'(sem_read_value_i);
        end
        default: ;
      endcase
    end
  end

  // Results.
  logic writes;
  assign writes = acts && slot_i.dec.writes_xd && slot_i.dec.rd != '0 && slot_i.dec.unit != isa_pkg::UnitMuldiv;

  always_comb begin
    forward_o       = '{valid: writes, thread: slot_i.thread, rd: slot_i.dec.rd, data: result};
    write_o         = forward_o;
    write_o.valid   = writes && !trap.valid;
    if (slot_i.dec.unit == isa_pkg::UnitCsr) write_o.data = csr_rdata_i;
  end

  // Requests.
  always_comb begin
    event_o             = '0;
    event_o.trap        = trap;
    event_o.handled     = mtvec_i != '0;
    event_o.handler     = mtvec_i;
    event_o.jump        = jump;
    event_o.target      = jump_target;
    event_o.train       = jump && (slot_i.refetch || slot_i.dec.unit == isa_pkg::UnitBranch);
    event_o.flush       = acts && slot_i.dec.op == isa_pkg::OpFenceI;
    event_o.hold        = hold;
    event_o.cancel      = cancel;
    event_o.commit      = acts;
    event_o.waits       = valid_i && slot_i.arm;
    event_o.arm         = event_o.waits && !trap.valid;
    mret_o              = acts && slot_i.dec.op == isa_pkg::OpMret;
    event_o.taken       = acts && slot_i.dec.unit == isa_pkg::UnitBranch && taken && !misaligned;
    // These never trap.
    event_o.exit        = acts && slot_i.dec.op == isa_pkg::OpThreadExit;
    event_o.start       = acts && slot_i.dec.op == isa_pkg::OpThreadStart;
    muldiv_o            = acts && slot_i.dec.unit == isa_pkg::UnitMuldiv;
    post_o              = acts && slot_i.dec.op == isa_pkg::OpSemPost;
  end

  `TATAMI_ASSERT(Holds, event_o.hold || event_o.cancel || !(trap.valid || event_o.jump || event_o.arm || event_o.exit))
  logic foreign;
  assign foreign = pipe_pkg::is_load(slot_i.dec) || pipe_pkg::is_store(slot_i.dec) || pipe_pkg::is_vector(slot_i.dec);
  `TATAMI_ASSERT(NothingForeign, !valid_i || slot_i.trap.valid || slot_i.refetch || !foreign)
endmodule : execute
