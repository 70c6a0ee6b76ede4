// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The SRAM's ports, readers first.
module sram_log (
  input logic                                clk_i,
  input logic                                rst_ni,
  input logic [sram_map_pkg::Readers-1:0]    rd_valid_i,
  input logic [sram_map_pkg::Readers-1:0]    rd_ready_i,
  input sram_pkg::read_req_t                 rd_i[sram_map_pkg::Readers],
  input logic [sram_map_pkg::Readers-1:0]    rd_answer_i,
  input sram_pkg::read_rsp_t                 rd_rsp_i[sram_map_pkg::Readers],
  input logic [sram_map_pkg::Writers-1:0]    wr_valid_i,
  input logic [sram_map_pkg::Writers-1:0]    wr_ready_i,
  input sram_pkg::write_req_t                wr_i[sram_map_pkg::Writers],
  input logic [sram_pkg::Words-1:0]          take_i[sram_map_pkg::Ports]
);
  function automatic bit [sram_pkg::Words*32-1:0] wide(input sram_pkg::word_addr_t [sram_pkg::Words-1:0] addr);
    bit [sram_pkg::Words*32-1:0] words;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) words[32*i+:32] = 32'(addr[i]);
    return words;
  endfunction

  // A port that is granted its last words may take the next request in the same cycle: grants go first.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
        if (take_i[p] != '0) node_log_pkg::tatami_log_take(8'(p), take_i[p]);
      end
      for (int unsigned p = 0; p < sram_map_pkg::Readers; p++) begin
        if (rd_valid_i[p] && rd_ready_i[p]) begin
          node_log_pkg::tatami_log_request(8'(p), rd_i[p].en, wide(rd_i[p].addr), '0, '0);
        end
        if (rd_answer_i[p]) node_log_pkg::tatami_log_response(8'(p), rd_rsp_i[p].data, rd_rsp_i[p].uncorrectable);
      end
      for (int unsigned p = 0; p < sram_map_pkg::Writers; p++) begin
        if (wr_valid_i[p] && wr_ready_i[p]) begin
          node_log_pkg::tatami_log_request(8'(sram_map_pkg::Readers + p), wr_i[p].en, wide(wr_i[p].addr), wr_i[p].data,
                                           wr_i[p].flip ? '0 : wr_i[p].strb);
        end
      end
    end
  end
endmodule : sram_log

bind sram sram_log u_log (
  .clk_i,
  .rst_ni,
  .rd_valid_i,
  .rd_ready_i (rd_ready_o),
  .rd_i,
  .rd_answer_i(rd_valid_o),
  .rd_rsp_i   (rd_o),
  .wr_valid_i,
  .wr_ready_i (wr_ready_o),
  .wr_i,
  .take_i     (take)
);
