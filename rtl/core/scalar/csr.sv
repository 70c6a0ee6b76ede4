// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Machine-mode control and status registers of all threads.
///
/// Reads are combinational for the instruction in stage X; a write, a trap or an mret takes effect at the end of its cycle.
/// All writable registers are zero when a thread starts (mstatus: MPP reads 11). Writes to read-only numbers
/// (number[11:10] = 11) are illegal; writes to numbers that only read as zero, and to misa, are ignored.
module csr (
  input  logic                          clk_i,
  input  noc_pkg::node_id_t             id_i,
  input  logic [63:0]                   time_i,
  // The instruction in stage X.
  input  pipe_pkg::thread_t             thread_i,
  input  isa_pkg::decoded_t             dec_i,
  input  logic [63:0]                   xs1_i,
  input  logic                          access_i,  // it is a CSR instruction
  output logic [63:0]                   rdata_o,
  output logic                          legal_o,
  output logic                          format_illegal_o,  // it writes what is no format descriptor
  output logic [3:0]                    format_o,          // to this one
  input  logic                          mret_i,    // it is an mret
  // A thread enters its handler; nothing of it is in stage X.
  input  pipe_pkg::entry_t              entry_i,
  output logic [63:0]                   mtvec_o,
  output logic [63:0]                   mepc_o,
  output pipe_pkg::priority_t [cfg_pkg::Threads-1:0] priority_o,
  // The performance counter that the instruction names.
  output logic [4:0]                    counter_o,
  input  logic [63:0]                   count_i,
  // What the SRAM knows of wrong words: one record for all threads.
  input  sram_pkg::errors_t             memory_errors_i,
  output sram_pkg::errors_write_t       memory_errors_write_o,
  // Retired instructions, per thread. What was one may turn out not to be in the cycle after.
  input  logic [cfg_pkg::Threads-1:0]   retire_i,
  input  logic [cfg_pkg::Threads-1:0]   unretire_i,
  // Vector arithmetic and its late flags (see number_csr).
  output pipe_pkg::pair_fault_t [7:0]   pair_fault_o [cfg_pkg::Threads],
  input  vector_pkg::number_ask_t       ask_i,
  output vector_pkg::number_t           number_o,
  input  logic                          flags_valid_i,
  input  pipe_pkg::thread_t             flags_thread_i,
  input  flag_pkg::flags_t              flags_i,
  // A thread starts.
  input  logic                          start_valid_i,
  input  pipe_pkg::thread_t             start_thread_i
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam logic [63:0] Misa = {2'd2, 36'd0, 26'h0801100};  // RV64 with I, M and X
  localparam logic [63:0] Tconfig = {
    32'b0, 8'(cfg_pkg::MatrixCols), 8'(cfg_pkg::MatrixRows), 8'(cfg_pkg::Threads), 8'(cfg_pkg::SimdBytes)
  };

  logic [Threads-1:0] mie_bit_q, mpie_bit_q;
  logic [63:0] mcycle_q [Threads];  // what mcycle is ahead of the time
  logic [63:0] mtvec_q [Threads];
  logic [63:0] mscratch_q [Threads];
  logic [63:0] mepc_q [Threads];
  logic [63:0] mcause_q [Threads];
  logic [63:0] mtval_q [Threads];
  logic [63:0] minstret_q [Threads];
  pipe_pkg::priority_t [Threads-1:0] priority_q;

  logic exists, write, immediate, number_exists, number_illegal;
  logic sets, clears, cycle_written_q;
  pipe_pkg::thread_t cycle_thread_q;
  logic [63:0] cycle_time_q;
  logic [63:0] operand, wdata, number_rdata;

  assign mtvec_o = mtvec_q[thread_i];
  assign mepc_o  = mepc_q[thread_i];
  assign priority_o = priority_q;
  assign counter_o  = dec_i.csr[4:0] - isa_pkg::CsrMhpmcounter3[4:0];

  always_comb begin
    exists  = 1'b1;
    rdata_o = '0;
    if (access_i) begin
      unique case (dec_i.csr)
        isa_pkg::CsrMstatus: rdata_o = {51'b0, 2'b11, 3'b0, mpie_bit_q[thread_i], 3'b0, mie_bit_q[thread_i], 3'b0};
        isa_pkg::CsrMisa: rdata_o = Misa;
        isa_pkg::CsrMtvec: rdata_o = mtvec_q[thread_i];
        isa_pkg::CsrMscratch: rdata_o = mscratch_q[thread_i];
        isa_pkg::CsrMepc: rdata_o = mepc_q[thread_i];
        isa_pkg::CsrMcause: rdata_o = mcause_q[thread_i];
        isa_pkg::CsrMtval: rdata_o = mtval_q[thread_i];
        isa_pkg::CsrMcycle, isa_pkg::CsrCycle: rdata_o = time_i + mcycle_q[thread_i];
        isa_pkg::CsrTime: rdata_o = time_i;
        isa_pkg::CsrMinstret, isa_pkg::CsrInstret: rdata_o = minstret_q[thread_i];
        isa_pkg::CsrMie, isa_pkg::CsrMip, isa_pkg::CsrMvendorid, isa_pkg::CsrMarchid, isa_pkg::CsrMimpid,
        isa_pkg::CsrMconfigptr, isa_pkg::CsrTselect, isa_pkg::CsrTdata1, isa_pkg::CsrTdata2: rdata_o = '0;
        isa_pkg::CsrTprio: rdata_o = 64'(priority_q[thread_i]);
        isa_pkg::CsrMhartid: rdata_o = 64'({id_i.die, id_i.y, id_i.x, 2'(thread_i)});
        isa_pkg::CsrTisa: rdata_o = 64'(isa_pkg::IsaVersion);
        isa_pkg::CsrTnode: rdata_o = {1'b1, 3'(noc_pkg::RegionSram), id_i.die, id_i.y, id_i.x, 30'b0};
        isa_pkg::CsrTconfig: rdata_o = Tconfig;
        isa_pkg::CsrTscrub: rdata_o = 64'(memory_errors_i.scrub);
        isa_pkg::CsrTfixed: rdata_o = 64'(memory_errors_i.fixed);
        isa_pkg::CsrTfixedat: rdata_o = memory_errors_i.fixed_at;
        isa_pkg::CsrTlost: rdata_o = 64'(memory_errors_i.lost);
        isa_pkg::CsrTlostat: rdata_o = memory_errors_i.lost_at;
        default: begin
          exists  = number_exists;
          rdata_o = number_rdata;
          if (dec_i.csr inside {[isa_pkg::CsrMhpmcounter3 : isa_pkg::CsrMhpmcounter31]}) begin
            exists  = 1'b1;
            rdata_o = count_i;
          end
          if (dec_i.csr inside {[isa_pkg::CsrMhpmevent3 : isa_pkg::CsrMhpmevent31]}) begin
            exists  = 1'b1;
            rdata_o = '0;
          end
        end
      endcase
    end
  end

  // Set and clear with a zero source field read only.
  always_comb begin
    immediate = dec_i.op == isa_pkg::OpCsrrwi || dec_i.op == isa_pkg::OpCsrrsi || dec_i.op == isa_pkg::OpCsrrci;
    operand   = immediate ? dec_i.imm : xs1_i;
    write     = dec_i.rs1 != '0;
    unique case (dec_i.op)
      isa_pkg::OpCsrrw, isa_pkg::OpCsrrwi: write = 1'b1;
      isa_pkg::OpCsrrs, isa_pkg::OpCsrrsi, isa_pkg::OpCsrrc, isa_pkg::OpCsrrci: ;
      default: write = 1'b0;
    endcase
  end

  assign sets   = dec_i.op == isa_pkg::OpCsrrs || dec_i.op == isa_pkg::OpCsrrsi;
  assign clears = dec_i.op == isa_pkg::OpCsrrc || dec_i.op == isa_pkg::OpCsrrci;
  assign wdata  = sets ? rdata_o | operand : clears ? rdata_o & ~operand : operand;

  always_comb begin
    memory_errors_write_o = '0;
    if (access_i && legal_o && write) begin
      memory_errors_write_o.scrub = dec_i.csr == isa_pkg::CsrTscrub;
      memory_errors_write_o.fixed = dec_i.csr == isa_pkg::CsrTfixed;
      memory_errors_write_o.lost  = dec_i.csr == isa_pkg::CsrTlost;
      memory_errors_write_o.data  = wdata[sram_pkg::CountW-1:0];
    end
  end

  assign legal_o          = exists && !(write && dec_i.csr[11:10] == 2'b11);
  assign format_illegal_o = write && number_illegal;

  number_csr u_number (
    .clk_i,
    .thread_i,
    .csr_i    (dec_i.csr),
    .exists_o (number_exists),
    .rdata_o  (number_rdata),
    .write_i  (access_i && legal_o && write && !number_illegal),
    .sets_i   (sets),
    .clears_i (clears),
    .operand_i(operand),
    .wdata_i  (wdata),
    .illegal_o(number_illegal),
    .format_o,
    .pair_fault_o,
    .ask_i,
    .number_o,
    .flags_valid_i,
    .flags_thread_i,
    .flags_i,
    .start_valid_i,
    .start_thread_i
  );

  // What is written to mcycle comes late: its time is taken off in the next cycle, in which nothing of the thread is in stage X.
  always_ff @(posedge clk_i) begin
    cycle_written_q <= access_i && legal_o && write && dec_i.csr == isa_pkg::CsrMcycle;
    if (access_i) begin
      cycle_thread_q <= thread_i;
      cycle_time_q   <= time_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (cycle_written_q) mcycle_q[cycle_thread_q] <= mcycle_q[cycle_thread_q] - cycle_time_q;
    for (int unsigned t = 0; t < Threads; t++) begin
      if (retire_i[t]) minstret_q[t] <= minstret_q[t] + 1'b1;
      if (unretire_i[t]) minstret_q[t] <= minstret_q[t] - 1'b1;
    end
    if (access_i && legal_o && write) begin
      unique case (dec_i.csr)
        isa_pkg::CsrMstatus: begin
          mie_bit_q[thread_i]  <= wdata[3];
          mpie_bit_q[thread_i] <= wdata[7];
        end
        isa_pkg::CsrMcycle: mcycle_q[thread_i] <= wdata;
        isa_pkg::CsrMtvec: mtvec_q[thread_i] <= {wdata[63:2], 2'b0};
        isa_pkg::CsrMscratch: mscratch_q[thread_i] <= wdata;
        isa_pkg::CsrMepc: mepc_q[thread_i] <= {wdata[63:2], 2'b0};
        isa_pkg::CsrMcause: mcause_q[thread_i] <= wdata;
        isa_pkg::CsrMtval: mtval_q[thread_i] <= wdata;
        isa_pkg::CsrMinstret: minstret_q[thread_i] <= wdata;
        isa_pkg::CsrTprio: priority_q[thread_i] <= wdata[1:0];
        default: ;
      endcase
    end
    if (entry_i.valid && entry_i.handled) begin
      mpie_bit_q[entry_i.thread] <= mie_bit_q[entry_i.thread];
      mie_bit_q[entry_i.thread]  <= 1'b0;
      mepc_q[entry_i.thread]     <= entry_i.pc;
      mcause_q[entry_i.thread]   <= 64'(entry_i.cause);
      mtval_q[entry_i.thread]    <= entry_i.value;
    end
    if (mret_i) begin
      mie_bit_q[thread_i]  <= mpie_bit_q[thread_i];
      mpie_bit_q[thread_i] <= 1'b1;
    end
    if (start_valid_i) begin
      mie_bit_q[start_thread_i]  <= 1'b0;
      mpie_bit_q[start_thread_i] <= 1'b0;
      mcycle_q[start_thread_i]   <= '0;
      mtvec_q[start_thread_i]    <= '0;
      mscratch_q[start_thread_i] <= '0;
      mepc_q[start_thread_i]     <= '0;
      mcause_q[start_thread_i]   <= '0;
      mtval_q[start_thread_i]    <= '0;
      minstret_q[start_thread_i] <= '0;
      priority_q[start_thread_i] <= '0;
    end
  end
endmodule : csr
