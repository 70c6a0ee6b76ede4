// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A mesh of 2 x 2 nodes, Verilated as one.
module mesh_2x2_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         sleep_en_i,
  input  logic [63:0]  time_i,
  input  logic         host_valid_i,
  input  logic [639:0] host_packet_i,
  input  logic [1:0]   host_credit_i,
  output logic [3:0]   link_valid_o[4],
  output logic [639:0] link_packet_o[16],
  output logic [7:0]   credit_o[4],
  output logic [rvfi_pkg::Channels-1:0] retire_valid_o[4],
  output logic [63:0]  retire_pc_o[4*rvfi_pkg::Channels],
  output logic [2:0]   thread_state_o[4*cfg_pkg::Threads],
  output logic [3:0]   on_o,
  output logic         busy_o
);
  mesh_flat #(
    .Rows(2),
    .Cols(2)
  ) u_flat (
    .clk_i,
    .rst_ni,
    .sleep_en_i,
    .time_i,
    .host_valid_i,
    .host_packet_i,
    .host_credit_i,
    .link_valid_o,
    .link_packet_o,
    .credit_o,
    .retire_valid_o,
    .retire_pc_o,
    .thread_state_o,
    .on_o,
    .busy_o
  );
endmodule : mesh_2x2_tb
