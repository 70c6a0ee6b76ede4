// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every instruction of the table retires, and every cause faults a thread that has no handler.
module instruction_cover (
  input logic                                                  clk_i,
  input logic                                                  rst_ni,
  input rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]              rvfi_o,
  input core_pkg::thread_status_t [cfg_pkg::Threads-1:0]       status_o
);
  isa_pkg::decoded_t [rvfi_pkg::Channels-1:0] dec;
  logic [isa_pkg::Ops-1:0] retires;

  always_comb begin
    retires = '0;
    for (int unsigned c = 0; c < rvfi_pkg::Channels; c++) begin
      dec[c] = isa_pkg::decode(rvfi_o[c].insn);
      if (rvfi_o[c].valid && !rvfi_o[c].trap && dec[c].legal) retires[dec[c].op] = 1'b1;
    end
  end
  for (genvar o = 0; o < isa_pkg::Ops; o++) begin : gen_op
    if (o != isa_pkg::OpEcall && o != isa_pkg::OpEbreak) begin : gen_retires  // these two always trap
      retires_op :
      cover property (@(posedge clk_i) rst_ni && retires[o]);
    end
  end

  for (genvar i = 0; i < cause_pkg::Causes; i++) begin : gen_cause
    faults :
    cover property (@(posedge clk_i) rst_ni && status_o[0].state == core_pkg::ThreadFaulted &&
                                              status_o[0].cause == cause_pkg::Cause[i]);
  end
endmodule : instruction_cover

bind core instruction_cover u_cover (
  .clk_i(clk_i),
  .rst_ni,
  .rvfi_o,
  .status_o
);
