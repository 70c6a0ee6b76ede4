// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Holds the words of a write port's request, already encoded, and steers them to the columns.
///
/// Latency: 1 cycle from `accept_i`; words and strobes are zero for columns that are not asked for. The check bits
/// belong to the whole word and are used only when all its bytes are written.
module sram_write_data (
  input  logic                                             clk_i,
  input  logic                                             accept_i,
  input  logic [sram_pkg::Words-1:0][sram_pkg::WordWidth-1:0] data_i,
  input  logic [sram_pkg::Words-1:0][sram_pkg::WordBytes-1:0] strb_i,
  input  logic                                             flip_i,
  // which word each column wants
  input  logic [sram_map_pkg::Columns-1:0]                 req_i,
  input  logic [sram_pkg::Words-1:0]                       word_i[sram_map_pkg::Columns],  // one-hot
  output secded_pkg::code_t                                code_o[sram_map_pkg::Columns],
  output logic [sram_pkg::WordBytes-1:0]                   strb_o[sram_map_pkg::Columns],
  output logic                                             flip_o
);
  secded_pkg::code_t code_q[sram_pkg::Words];
  logic [sram_pkg::WordBytes-1:0] strb_q[sram_pkg::Words];

  always_ff @(posedge clk_i) begin
    if (accept_i) begin
      flip_o <= flip_i;
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        code_q[i] <= secded_pkg::encode(data_i[i]);
        strb_q[i] <= strb_i[i];
      end
    end
  end

  always_comb begin
    for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
      code_o[c] = '0;
      strb_o[c] = '0;
    end
    if (req_i != '0) begin
      for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
        for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
          if (word_i[c][i]) begin
            code_o[c] = code_o[c] | code_q[i];
            strb_o[c] = strb_o[c] | strb_q[i];
          end
        end
      end
    end
  end
endmodule : sram_write_data
