// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the arithmetic of each thread keeps (docs/numbers.md): format descriptors, the random numbers' key and counter,
/// sticky status flags. All are CSRs and zero when a thread starts: BF16, nearest even.
///
/// Reads are combinational; writes, draws and flags take effect at the end of their cycle.
module number_csr (
  input  logic                 clk_i,
  // The CSR instruction in stage X.
  input  pipe_pkg::thread_t    thread_i,
  input  logic [11:0]          csr_i,
  output logic                 exists_o,
  output logic [63:0]          rdata_o,
  input  logic                 write_i,          // an access that does not trap
  input  logic                 sets_i,           // the operand's bits, or
  input  logic                 clears_i,         // clears them; else writes the operand
  input  logic [63:0]          operand_i,
  input  logic [63:0]          wdata_i,          // what comes of it
  output logic                 illegal_o,        // it is no descriptor, and the register holds one
  output logic [3:0]           format_o,         // its number
  output pipe_pkg::pair_fault_t [7:0] pair_fault_o [cfg_pkg::Threads],
  // The conversion that executes, the matrix steps that may do so next.
  input  vector_pkg::number_ask_t  ask_i,
  output vector_pkg::number_t      number_o,
  // Late flags.
  input  logic                 flags_valid_i,
  input  pipe_pkg::thread_t    flags_thread_i,
  input  flag_pkg::flags_t     flags_i,
  // A thread starts.
  input  logic                 start_valid_i,
  input  pipe_pkg::thread_t    start_thread_i
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned Formats = 16;
  localparam int unsigned DescriptorW = $bits(fmt_pkg::descriptor_t);

  typedef fmt_pkg::descriptor_t [Formats-1:0] formats_t;

  formats_t [Threads-1:0] format_q;
  logic [63:0] key_q[Threads];
  logic [63:0] counter_q[Threads];
  flag_pkg::flags_t flags_q[Threads];
  // A function of the descriptors, kept because stage I asks for it in every cycle.
  pipe_pkg::pair_fault_t [Formats/2-1:0] pair_fault_q[Threads];

  /// B is at fault as well when both are operands, but not of each other.
  function automatic pipe_pkg::pair_fault_t pair_fault(input fmt_pkg::kind_e a, input fmt_pkg::kind_e b);
    pipe_pkg::pair_fault_t fault;
    fault.a = !fmt_pkg::matrix_operand(a);
    fault.b = !dot_pkg::multiplies(a, b);
    return fault;
  endfunction

  logic is_format;
  fmt_pkg::descriptor_t written;

  assign is_format = csr_i[11:4] == isa_pkg::CsrTfmt0[11:4];
  assign format_o  = csr_i[3:0];
  assign written   = fmt_pkg::descriptor_t'(wdata_i[DescriptorW-1:0]);
  assign pair_fault_o = pair_fault_q;

  // All that may come of it is checked beside the choice among them.
  fmt_pkg::descriptor_t old, change;
  logic set_bad, clear_bad, write_bad, upper;
  assign old       = format_q[thread_i][format_o];
  assign change    = fmt_pkg::descriptor_t'(operand_i[DescriptorW-1:0]);
  assign upper     = operand_i[63:DescriptorW] != '0;
  assign set_bad   = !fmt_pkg::legal(old | change) || upper;
  assign clear_bad = !fmt_pkg::legal(old & ~change);
  assign write_bad = !fmt_pkg::legal(change) || upper;
  assign illegal_o = is_format && (sets_i ? set_bad : clears_i ? clear_bad : write_bad);

  always_comb begin
    exists_o = 1'b1;
    rdata_o  = '0;
    if (is_format) rdata_o = 64'(format_q[thread_i][format_o]);
    else begin
      unique case (csr_i)
        isa_pkg::CsrTkey:   rdata_o = key_q[thread_i];
        isa_pkg::CsrTctr:   rdata_o = counter_q[thread_i];
        isa_pkg::CsrTflags: rdata_o = 64'(flags_q[thread_i]);
        default:            exists_o = 1'b0;
      endcase
    end
  end

  always_comb begin
    number_o.descriptor = format_q[ask_i.thread][ask_i.format];
    number_o.key        = key_q[ask_i.thread];
    number_o.counter    = counter_q[ask_i.thread];
    for (int unsigned t = 0; t < Threads; t++) begin
      number_o.a[t] = format_q[t][{ask_i.pair[t], 1'b0}];
      number_o.b[t] = format_q[t][{ask_i.pair[t], 1'b1}];
    end
  end

  always_ff @(posedge clk_i) begin
    if (ask_i.narrow && number_o.descriptor.stochastic) counter_q[ask_i.thread] <= counter_q[ask_i.thread] + 1'b1;
    if (flags_valid_i) flags_q[flags_thread_i] <= flags_q[flags_thread_i] | flags_i;
    if (write_i) begin
      if (is_format) begin
        format_q[thread_i][format_o] <= written;
        pair_fault_q[thread_i][format_o[3:1]] <=
            pair_fault(format_o[0] ? format_q[thread_i][{format_o[3:1], 1'b0}].kind : written.kind,
                       format_o[0] ? written.kind : format_q[thread_i][{format_o[3:1], 1'b1}].kind);
      end
      if (csr_i == isa_pkg::CsrTkey) key_q[thread_i] <= wdata_i;
      if (csr_i == isa_pkg::CsrTctr) counter_q[thread_i] <= wdata_i;
      if (csr_i == isa_pkg::CsrTflags) flags_q[thread_i] <= flag_pkg::flags_t'(wdata_i[3:0]);
    end
    if (start_valid_i) begin
      format_q[start_thread_i]  <= '0;
      pair_fault_q[start_thread_i] <= '0;
      key_q[start_thread_i]     <= '0;
      counter_q[start_thread_i] <= '0;
      flags_q[start_thread_i]   <= '0;
    end
  end
endmodule : number_csr
