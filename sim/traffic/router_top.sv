// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One router with ports that C++ can copy word by word. A packet is 20 words: payload, then header.
module router_top (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [4:0]   y_i,
  input  logic [4:0]   x_i,
  input  logic [3:0]   link_valid_i,
  input  logic [639:0] link_packet_i[4],
  // bit = 2 * link + class
  input  logic [7:0]   credit_i,
  output logic [3:0]   link_valid_o,
  output logic [639:0] link_packet_o[4],
  output logic [7:0]   credit_o,
  // by class
  input  logic [1:0]   inject_valid_i,
  output logic [1:0]   inject_ready_o,
  input  logic [639:0] inject_packet_i[2],
  output logic [1:0]   eject_valid_o,
  input  logic [1:0]   eject_ready_i,
  output logic [639:0] eject_packet_o[2],
  output logic         lost_o,
  output logic         busy_o,
  // the configuration
  output logic [31:0]  noc_buffer_depth_o,
  output logic [31:0]  die_rows_o,
  output logic [31:0]  die_cols_o,
  output logic [31:0]  noc_groups_o
);
  noc_pkg::link_t [3:0] link_in, link_out;
  noc_pkg::packet_t [1:0] inject, eject;
  router_pkg::lost_t lost_dst, unused_lost_dst;

  assign noc_buffer_depth_o = cfg_pkg::NocBufferDepth;
  assign die_rows_o = cfg_pkg::DieRows;
  assign die_cols_o = cfg_pkg::DieCols;
  assign noc_groups_o = cfg_pkg::NocGroups;
  assign unused_lost_dst = lost_dst;

  for (genvar i = 0; i < 4; i++) begin : gen_link
    assign link_in[i] = {link_valid_i[i], link_packet_i[i]};
    assign link_valid_o[i] = link_out[i].valid;
    assign link_packet_o[i] = link_out[i].packet;
  end

  for (genvar c = 0; c < 2; c++) begin : gen_class
    assign inject[c] = inject_packet_i[c];
    assign eject_packet_o[c] = eject[c];
  end

  router u_router (
    .clk_i,
    .rst_ni,
    .id_i({20'd0, y_i, x_i}),
    .edge_i('0),
    .link_i(link_in),
    .link_o(link_out),
    .credit_i,
    .credit_o,
    .inject_valid_i,
    .inject_ready_o,
    .inject_i(inject),
    .route_write_i('0),
    .eject_valid_o,
    .eject_ready_i,
    .eject_o(eject),
    .lost_o,
    .lost_dst_o(lost_dst),
    .busy_o
  );
endmodule : router_top
