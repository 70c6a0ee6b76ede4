// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The mesh with ports that a test can compare word by word: arrays by node, packets on 32-bit boundaries.
module mesh_flat #(
  parameter int unsigned Rows = 2,
  parameter int unsigned Cols = 2,
  localparam int unsigned Nodes = Rows * Cols
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             sleep_en_i,
  input  logic [63:0]      time_i,
  input  logic             host_valid_i,
  input  logic [639:0]     host_packet_i,
  input  logic [1:0]       host_credit_i,
  output logic [3:0]       link_valid_o[Nodes],
  output logic [639:0]     link_packet_o[Nodes*4],
  output logic [7:0]       credit_o[Nodes],
  output logic [rvfi_pkg::Channels-1:0] retire_valid_o[Nodes],
  output logic [63:0]      retire_pc_o[Nodes*rvfi_pkg::Channels],
  output logic [2:0]       thread_state_o[Nodes*cfg_pkg::Threads],
  output logic [Nodes-1:0] on_o,
  output logic             busy_o
);
  noc_pkg::link_t [Rows-1:0] west_in;
  logic [Rows-1:0][1:0] west_credit;
  noc_pkg::link_t [Nodes-1:0][3:0] link;
  logic [Nodes-1:0][3:0][1:0] credit;
  rvfi_pkg::rvfi_t [Nodes-1:0][rvfi_pkg::Channels-1:0] rvfi;
  core_pkg::thread_status_t [Nodes-1:0][cfg_pkg::Threads-1:0] status;
  node_pkg::errors_t [Nodes-1:0] errors;
  logic [Nodes-1:0] router_on, core_on;
  logic unused;

  always_comb begin
    west_in = '0;
    west_in[0] = {host_valid_i, host_packet_i};
    west_credit = '0;
    west_credit[0] = host_credit_i;
  end
  assign on_o = router_on | core_on;
  assign unused = ^errors;

  mesh #(
    .Rows(Rows),
    .Cols(Cols)
  ) u_mesh (
    .clk_i,
    .rst_ni,
    .sleep_en_i,
    .die_i('0),
    .time_i,
    .north_link_i('0),
    .north_link_o(),
    .north_credit_i('0),
    .north_credit_o(),
    .east_link_i('0),
    .east_link_o(),
    .east_credit_i('0),
    .east_credit_o(),
    .south_link_i('0),
    .south_link_o(),
    .south_credit_i('0),
    .south_credit_o(),
    .west_link_i(west_in),
    .west_link_o(),
    .west_credit_i(west_credit),
    .west_credit_o(),
    .probe_link_o(link),
    .probe_credit_o(credit),
    .probe_rvfi_o(rvfi),
    .probe_status_o(status),
    .probe_errors_o(errors),
    .router_on_o(router_on),
    .core_on_o(core_on),
    .busy_o
  );

  for (genvar n = 0; n < Nodes; n++) begin : gen_node
    assign credit_o[n] = credit[n];
    for (genvar d = 0; d < 4; d++) begin : gen_link
      assign link_valid_o[n][d] = link[n][d].valid;
      assign link_packet_o[4*n+d] = link[n][d].packet;
    end
    for (genvar c = 0; c < rvfi_pkg::Channels; c++) begin : gen_retire
      assign retire_valid_o[n][c] = rvfi[n][c].valid;
      assign retire_pc_o[rvfi_pkg::Channels*n+c] = rvfi[n][c].pc_rdata;
    end
    for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
      assign thread_state_o[n*cfg_pkg::Threads+t] = status[n][t].state;
    end
  end
endmodule : mesh_flat
