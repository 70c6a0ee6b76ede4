// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Stands for the instruction cache in proofs of the scalar core: a lookup hits or misses as the solver likes, and gives any
/// code without vector, multiply and divide instructions, as those units are left out. What is not held in the
/// cache's state costs no cycles before the first instruction.
module icache (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  input  logic                                flush_i,
  // Lookup, and its answer one cycle later.
  input  logic                                lookup_valid_i,
  input  logic [sram_pkg::ByteAddrW-1:5]      lookup_window_i,
  output logic                                hit_o,
  output logic                                error_o,
  output logic [7:0][31:0]                    data_o,
  // The answer was a miss and the line is wanted.
  input  logic                                miss_i,
  output logic                                fill_o,
  // SRAM.
  output logic                                fetch_req_valid_o,
  input  logic                                fetch_req_ready_i,
  output sram_pkg::read_req_t                 fetch_req_o,
  input  logic                                fetch_rsp_valid_i,
  input  sram_pkg::read_rsp_t                 fetch_rsp_i,
  output logic                                busy_o
);
  // The harness's answer port, of any content in any cycle, is the source of choice.
  assign data_o            = fetch_rsp_i.data[3:0];
  assign hit_o             = fetch_rsp_valid_i;
  assign fill_o            = fetch_req_ready_i;
  assign error_o           = 1'b0;
  assign fetch_req_valid_o = 1'b0;
  assign fetch_req_o       = '0;
  assign busy_o            = 1'b0;

  for (genvar i = 0; i < 8; i++) begin : gen_code
    `TATAMI_ASSUME(NoVector, !(data_o[i][6:0] inside {7'h0b, 7'h2b, 7'h5b}))
    `TATAMI_ASSUME(NoMultiply, !(data_o[i][6:0] inside {7'h33, 7'h3b} && data_o[i][25]))
  end
endmodule : icache
