// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Corrects the words of a read port's grants and collects them into responses.
///
/// A codeword and its syndrome are put into registers in the cycle in which the macro gives it, and what the syndrome says is
/// carried out on the way out, in the next cycle: the macro and a parity tree fill one cycle.
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
  // one more cycle later: columns whose word was corrected, or could not be
  output logic [sram_map_pkg::Columns-1:0] corrected_o,
  output logic [sram_map_pkg::Columns-1:0] lost_o,
  // response
  output logic                       valid_o,
  output sram_pkg::read_rsp_t        rsp_o,
  output logic                       busy_o
);
  logic first_q, last_q, opens_q, valid_q;
  logic [sram_pkg::Words-1:0] take_q, fresh_q;  // words whose codeword comes, and came a cycle ago
  sram_map_pkg::column_t column_q[sram_pkg::Words];
  sram_map_pkg::column_t found_column_q[sram_pkg::Words];
  sram_map_pkg::slot_t found_slot_q[sram_pkg::Words];
  secded_pkg::data_t data_q[sram_pkg::Words];
  secded_pkg::check_t syndrome_q[sram_pkg::Words];
  sram_pkg::word_addr_t lost_q;  // the lowest-numbered lost word before this cycle

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      first_q <= 1'b0;
      last_q  <= 1'b0;
      opens_q <= 1'b0;
      take_q  <= '0;
      fresh_q <= '0;
      valid_q <= 1'b0;
    end else begin
      first_q <= first_i;
      last_q  <= last_i;
      opens_q <= first_q;
      take_q  <= take_i;
      fresh_q <= take_q;
      valid_q <= last_q;
    end
  end

  // Access: codewords come out of the macros, and words that are not asked for are zero.
  always_ff @(posedge clk_i) begin
    if (take_i != '0) column_q <= column_i;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      if (take_q[i]) begin
        data_q[i]         <= code_i[column_q[i]].data;
        syndrome_q[i]     <= secded_pkg::syndrome_of(code_i[column_q[i]]);
        found_column_q[i] <= column_q[i];
        found_slot_q[i]   <= slot_i[column_q[i]];
      end else if (first_q) begin
        data_q[i]     <= '0;
        syndrome_q[i] <= '0;
      end
    end
    lost_q <= rsp_o.lost;
  end

  // Correction and response.
  logic lower;  // a lower-numbered word is lost
  secded_pkg::decoded_t word;

  always_comb begin
    corrected_o = '0;
    lost_o      = '0;
    lower       = 1'b0;
    word        = '0;
    rsp_o       = '0;
    rsp_o.lost  = opens_q ? '0 : lost_q;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      rsp_o.data[i] = data_q[i];
      if (syndrome_q[i] != '0) begin
        word = secded_pkg::repair(data_q[i], syndrome_q[i]);
        {rsp_o.corrected[i], rsp_o.uncorrectable[i], rsp_o.data[i]} = word;
        if (fresh_q[i]) begin
          if (word.corrected) corrected_o[found_column_q[i]] = 1'b1;
          if (word.uncorrectable) begin
            lost_o[found_column_q[i]] = 1'b1;
            if (!lower) rsp_o.lost = sram_map_pkg::word_of(found_column_q[i], found_slot_q[i]);
          end
        end
        if (word.uncorrectable) lower = 1'b1;
      end
    end
  end

  assign valid_o = valid_q;
  assign busy_o  = first_q || last_q || take_q != '0 || fresh_q != '0 || valid_q;
endmodule : sram_read_return
