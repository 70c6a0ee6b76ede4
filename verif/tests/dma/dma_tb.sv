// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The transfer engine with the node's facts as outputs.
module dma_tb (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic [19:0]                die_i,
  input  logic [4:0]                 y_i,
  input  logic [4:0]                 x_i,
  input  logic                       start_valid_i,
  output logic                       start_ready_o,
  input  logic [1:0]                 start_thread_i,
  input  logic [20:0]                start_addr_i,
  input  logic [15:0]                start_count_i,
  input  logic                       get_valid_i,
  output logic                       get_ready_o,
  input  noc_pkg::descriptor_t       get_i,
  output logic                       rd_req_valid_o,
  input  logic                       rd_req_ready_i,
  output sram_pkg::read_req_t        rd_req_o,
  input  logic                       rd_rsp_valid_i,
  input  sram_pkg::read_rsp_t        rd_rsp_i,
  output logic [1:0]                 inject_valid_o,
  input  logic [1:0]                 inject_ready_i,
  output noc_pkg::packet_t           inject_o[2],
  output logic                       fault_valid_o,
  output logic [1:0]                 fault_thread_o,
  output logic [20:0]                fault_addr_o,
  output logic                       get_fault_valid_o,
  output logic [29:0]                get_fault_node_o,
  output logic                       busy_o,
  output int unsigned                sram_bytes_o,
  output int unsigned                semaphores_o
);
  core_pkg::xfer_t start;
  noc_pkg::node_id_t id;
  noc_pkg::packet_t [1:0] inject;

  assign start = {start_thread_i, start_addr_i, start_count_i};
  assign id = {die_i, y_i, x_i};
  assign inject_o[0] = inject[0];
  assign inject_o[1] = inject[1];
  assign sram_bytes_o = cfg_pkg::SramBytes;
  assign semaphores_o = cfg_pkg::Semaphores;

  dma u_dma (
    .clk_i,
    .rst_ni,
    .id_i(id),
    .start_valid_i,
    .start_ready_o,
    .start_i(start),
    .get_valid_i,
    .get_ready_o,
    .get_i,
    .rd_req_valid_o,
    .rd_req_ready_i,
    .rd_req_o,
    .rd_rsp_valid_i,
    .rd_rsp_i,
    .inject_valid_o,
    .inject_ready_i,
    .inject_o(inject),
    .fault_valid_o,
    .fault_thread_o,
    .fault_addr_o,
    .get_fault_valid_o,
    .get_fault_node_o,
    .busy_o
  );
endmodule : dma_tb
