// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What an instruction reads is what the latest earlier writer of that register wrote, or zero when there is none, whatever
/// the order in which they retire. For any register and any instruction among the first `Orders`.
module register_proof #(
  parameter int unsigned Orders = 4
) (
  input logic                          clk_i,
  input logic                          rst_ni,
  input core_inputs_pkg::core_inputs_t free_i
);
  `TATAMI_FORMAL_RESET

  localparam int unsigned Channels = core_inputs_pkg::Channels;

  rvfi_pkg::rvfi_t [Channels-1:0] r;

  rvfi_core u_rvfi (
    .clk_i,
    .rst_ni,
    .free_i,
    .retired_o(r)
  );

  localparam int unsigned OrderW = $clog2(Orders);

  logic [4:0] register;
  logic [OrderW-1:0] reader;
  any_constant #(
    .Width(5)
  ) u_register (
    .clk_i,
    .value_o(register)
  );
  any_constant #(
    .Width(OrderW)
  ) u_reader (
    .clk_i,
    .value_o(reader)
  );

  // The latest write that comes before the reader in program order.
  logic [63:0] value_q, value;
  logic written_q, written;
  logic [OrderW-1:0] writer_q, writer;

  always_comb begin
    value   = value_q;
    written = written_q;
    writer  = writer_q;
    for (int unsigned c = 0; c < Channels; c++) begin
      if (r[c].valid && r[c].rd_addr == register && r[c].order < 64'(reader) &&
          (!written || r[c].order[OrderW-1:0] > writer)) begin
        value   = r[c].rd_wdata;
        written = 1'b1;
        writer  = r[c].order[OrderW-1:0];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    written_q <= rst_ni && written;
    value_q   <= rst_ni ? value : '0;
    writer_q  <= writer;
  end

  `TATAMI_ASSUME(Register, register != '0)
  for (genvar c = 0; c < Channels; c++) begin : gen_channel
    logic here;
    assign here = r[c].valid && r[c].order == 64'(reader);
    `TATAMI_ASSERT(First, !here || r[c].rs1_addr != register || r[c].rs1_rdata == value)
    `TATAMI_ASSERT(Second, !here || r[c].rs2_addr != register || r[c].rs2_rdata == value)
  end
  logic reads;
  assign reads = r[1].valid && r[1].order == 64'(reader) && r[1].rs1_addr == register;

  `TATAMI_COVER(Reads, reads && written && value == 64'd7)
endmodule : register_proof
