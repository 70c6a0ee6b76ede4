// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One router with flat ports. A packet is 20 words: payload, then header.
module router_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [19:0]  die_i,
  input  logic [4:0]   y_i,
  input  logic [4:0]   x_i,
  input  logic [3:0]   edge_i,
  input  logic [3:0]   link_valid_i,
  input  logic [639:0] link_packet_i[4],
  output logic [3:0]   link_valid_o,
  output logic [639:0] link_packet_o[4],
  // bit = 2 * link + class
  input  logic [7:0]   credit_i,
  output logic [7:0]   credit_o,
  input  logic [1:0]   inject_valid_i,
  output logic [1:0]   inject_ready_o,
  input  logic [639:0] inject_packet_i[2],
  output logic [1:0]   eject_valid_o,
  input  logic [1:0]   eject_ready_i,
  output logic [639:0] eject_packet_o[2],
  // writes: bit 0 an entry of the group table, 1 the routes in general, 2 an entry of the routing table
  input  logic [2:0]   write_i,
  input  logic [9:0]   write_index_i,
  input  logic [24:0]  write_data_i,
  output logic         lost_o,
  output logic [30:0]  lost_dst_o,
  output logic         busy_o
);
  noc_pkg::link_t [3:0] link_in, link_out;
  noc_pkg::packet_t [1:0] inject, eject;

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
    .id_i({die_i, y_i, x_i}),
    .edge_i,
    .link_i(link_in),
    .link_o(link_out),
    .credit_i,
    .credit_o,
    .inject_valid_i,
    .inject_ready_o,
    .inject_i(inject),
    .route_write_i('{entry: write_i[2], exit: write_i[1], group: write_i[0], index: write_index_i, data: write_data_i}),
    .eject_valid_o,
    .eject_ready_i,
    .eject_o(eject),
    .lost_o,
    .lost_dst_o,
    .busy_o
  );
endmodule : router_tb
