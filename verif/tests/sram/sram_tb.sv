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
  output logic                     busy_o,
  output int unsigned              banks_o,
  output int unsigned              rows_o
);
  assign banks_o = cfg_pkg::SramBanks;
  assign rows_o = cfg_pkg::SramRows;

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
    .busy_o
  );
endmodule : sram_tb
