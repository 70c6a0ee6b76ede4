// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The SRAM with its size as outputs.
module sram_tb (
  input  logic                     clk_i,
  input  logic                     rst_ni,
  input  logic [3:0]               rd_valid_i,
  output logic [3:0]               rd_ready_o,
  input  sram_pkg::read_req_t      rd_i[4],
  output logic [3:0]               rd_valid_o,
  output sram_pkg::read_rsp_t      rd_o[4],
  input  logic [1:0]               wr_valid_i,
  output logic [1:0]               wr_ready_o,
  input  sram_pkg::write_req_t     wr_i[2],
  output logic [1:0]               wr_done_o,
  input  logic                     awake_i,
  input  logic                     scrub_write_i,
  input  logic                     fixed_write_i,
  input  logic                     lost_write_i,
  input  logic [31:0]              errors_data_i,
  output logic [31:0]              fixed_o,
  output logic [63:0]              fixed_at_o,
  output logic [31:0]              lost_count_o,
  output logic [63:0]              lost_at_o,
  output logic                     lost_o,
  output logic                     sweeps_o,
  output logic [31:0]              scrub_line_o,
  output logic                     busy_o,
  output int unsigned              banks_o,
  output int unsigned              rows_o
);
  assign banks_o = cfg_pkg::SramBanks;
  assign rows_o = cfg_pkg::SramRows;

  sram_pkg::errors_t errors;
  assign fixed_o = errors.fixed;
  assign fixed_at_o = errors.fixed_at;
  assign lost_count_o = errors.lost;
  assign lost_at_o = errors.lost_at;
  assign sweeps_o = u_sram.sweeps;
  assign scrub_line_o = 32'(u_sram.u_scrubber.line_q);

  sram u_sram (
    .clk_i,
    .rst_ni,
    .rd_valid_i,
    .rd_ready_o,
    .rd_i,
    .rd_valid_o,
    .rd_o,
    .wr_valid_i,
    .wr_ready_o,
    .wr_i,
    .wr_done_o,
    .awake_i,
    .errors_write_i('{scrub: scrub_write_i, fixed: fixed_write_i, lost: lost_write_i, data: errors_data_i}),
    .errors_o(errors),
    .lost_o,
    .busy_o
  );
endmodule : sram_tb
