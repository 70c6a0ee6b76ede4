// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Corrects the words of a read port's grants and collects them into responses.
///
/// Latency: a response shows two cycles after the last words of its request were granted. Throughput: 1 response per
/// cycle.
/// Order: requests are served one after the other, so responses keep their order. There is no back-pressure.
module sram_read_return (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  // access: the request being served
  input  logic                       first_i,
  input  logic                       last_i,
  input  logic [sram_pkg::Words-1:0] take_i,
  input  sram_map_pkg::column_t      column_i[sram_pkg::Words],
  // one cycle later: codewords by column
  input  secded_pkg::code_t          code_i[sram_map_pkg::Columns],
  input  sram_map_pkg::slot_t        slot_i[sram_map_pkg::Columns],
  // the same cycle: columns whose word was corrected, or could not be
  output logic [sram_map_pkg::Columns-1:0] corrected_o,
  output logic [sram_map_pkg::Columns-1:0] lost_o,
  // response
  output logic                       valid_o,
  output sram_pkg::read_rsp_t        rsp_o,
  output logic                       busy_o
);
  logic first_q, last_q, valid_q;
  logic [sram_pkg::Words-1:0] take_q;
  sram_map_pkg::column_t column_q[sram_pkg::Words];
  sram_pkg::read_rsp_t rsp_q;
  secded_pkg::decoded_t word[sram_pkg::Words];
  logic [sram_pkg::Words-1:0] lost, lost_before;  // words of this cycle, words of earlier cycles
  logic lower;  // a lower-numbered word was lost earlier
  sram_pkg::word_addr_t lost_addr;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      first_q <= 1'b0;
      last_q  <= 1'b0;
      take_q  <= '0;
      valid_q <= 1'b0;
    end else begin
      first_q <= first_i;
      last_q  <= last_i;
      take_q  <= take_i;
      valid_q <= last_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (take_i != '0) column_q <= column_i;
  end

  always_comb begin
    corrected_o = '0;
    lost_o = '0;
    lost = '0;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) word[i] = '0;
    if (take_q != '0) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        if (take_q[i]) begin
          word[i] = secded_pkg::decode(code_i[column_q[i]]);
          if (word[i].corrected) corrected_o[column_q[i]] = 1'b1;
          if (word[i].uncorrectable) lost_o[column_q[i]] = 1'b1;
          lost[i] = word[i].uncorrectable;
        end
      end
    end
  end

  assign lost_before = first_q ? '0 : rsp_q.uncorrectable;

  always_comb begin
    lower = 1'b0;
    lost_addr = rsp_q.lost;
    if (lost != '0) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        if (lost[i] && !lower) lost_addr = sram_map_pkg::word_of(column_q[i], slot_i[column_q[i]]);
        if (lost[i] || lost_before[i]) lower = 1'b1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (first_q && take_q != '1) rsp_q <= '0;
    if (take_q != '0) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        if (take_q[i]) {rsp_q.corrected[i], rsp_q.uncorrectable[i], rsp_q.data[i]} <= word[i];
      end
    end
    if (lost != '0) rsp_q.lost <= lost_addr;
  end

  assign valid_o = valid_q;
  assign rsp_o = rsp_q;
  assign busy_o = first_q || last_q || take_q != '0 || valid_q;
endmodule : sram_read_return
