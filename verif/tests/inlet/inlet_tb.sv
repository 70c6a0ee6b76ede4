// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The inlet with flat ports. A packet is 20 words: payload, then header.
module inlet_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [1:0]   eject_valid_i,
  output logic [1:0]   eject_ready_o,
  input  logic [639:0] eject_packet_i[2],
  output logic         wr_valid_o,
  input  logic         wr_ready_i,
  output logic [7:0]   wr_en_o,
  output logic [17:0]  wr_addr_o[8],
  output logic [511:0] wr_data_o,
  output logic [63:0]  wr_strb_o,
  output logic         wr_flip_o,
  input  logic         wr_done_i,
  output logic         post_valid_o,
  output logic [5:0]   post_sem_o,
  output logic [15:0]  post_value_o,
  output logic [29:0]  post_src_o,
  output logic         start_valid_o,
  output logic [1:0]   start_thread_o,
  output logic [63:0]  start_pc_o,
  output logic         route_entry_o,
  output logic         route_exit_o,
  output logic         route_group_o,
  output logic [9:0]   route_index_o,
  output logic [24:0]  route_data_o,
  output logic         get_valid_o,
  input  logic         get_ready_i,
  output logic [511:0] get_o,
  output logic         error_valid_o,
  output logic [127:0] error_header_o,
  output logic         busy_o
);
  noc_pkg::packet_t [1:0] eject;
  sram_pkg::write_req_t wr;
  router_pkg::route_write_t route_write;

  for (genvar c = 0; c < 2; c++) begin : gen_class
    assign eject[c] = eject_packet_i[c];
  end
  for (genvar w = 0; w < 8; w++) begin : gen_word
    assign wr_addr_o[w] = wr.addr[w];
  end
  assign {route_entry_o, route_exit_o, route_group_o, route_index_o, route_data_o} = route_write;
  assign wr_en_o = wr.en;
  assign wr_data_o = wr.data;
  assign wr_strb_o = wr.strb;
  assign wr_flip_o = wr.flip;

  inlet u_inlet (
    .clk_i,
    .rst_ni,
    .eject_valid_i,
    .eject_ready_o,
    .eject_i(eject),
    .wr_valid_o,
    .wr_ready_i,
    .wr_o(wr),
    .wr_done_i,
    .post_valid_o,
    .post_sem_o,
    .post_value_o,
    .post_src_o,
    .start_valid_o,
    .start_thread_o,
    .start_pc_o,
    .route_write_o(route_write),
    .get_valid_o,
    .get_ready_i,
    .get_o,
    .error_valid_o,
    .error_header_o,
    .busy_o
  );
endmodule : inlet_tb
