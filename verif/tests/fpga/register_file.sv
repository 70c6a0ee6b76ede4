// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A register file as the core has them: three write ports, of which the last has priority, a combinational read and one
/// into a register.
module register_file (
  input  logic             clk_i,
  input  logic [2:0]       write_i,
  input  logic [2:0][2:0]  write_address_i,
  input  logic [2:0][15:0] write_data_i,
  input  logic             read_i,
  input  logic [1:0][2:0]  read_address_i,
  output logic [15:0]      now_o,
  output logic [15:0]      next_o
);
  logic [15:0] mem_q[8];

  assign now_o = mem_q[read_address_i[0]];

  always_ff @(posedge clk_i) begin
    for (int unsigned w = 0; w < 3; w++) begin
      if (write_i[w]) mem_q[write_address_i[w]] <= write_data_i[w];
    end
    if (read_i) next_o <= mem_q[read_address_i[1]];
  end
endmodule : register_file
