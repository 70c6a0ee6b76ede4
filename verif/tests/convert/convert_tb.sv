// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Both directions of a conversion lane on the same word; answers come 3 cycles after the operation.
module convert_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [15:0] descriptor_i,
  input  logic [31:0] word_i,
  input  logic [23:0] random_i,
  output logic        valid_o,
  output logic [31:0] wide_o,
  output logic [3:0]  wide_flags_o,
  output logic [31:0] code_o,
  output logic [3:0]  code_flags_o
);
  logic [3:1] valid_q;
  logic [23:0] random_q;
  logic [31:0] wide;
  flag_pkg::flags_t wide_flags;

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[2:1], valid_i} : '0;
    random_q <= random_i;
    if (valid_q[2]) begin
      wide_o <= wide;
      wide_flags_o <= wide_flags;
    end
  end

  assign valid_o = valid_q[3];

  widen u_widen (
    .clk_i,
    .en_i        ({valid_q[1], valid_i}),
    .descriptor_i(fmt_pkg::descriptor_t'(descriptor_i)),
    .code_i      (word_i),
    .fp32_o      (wide),
    .flags_o     (wide_flags)
  );

  narrow u_narrow (
    .clk_i,
    .en_i        ({valid_q[2:1], valid_i}),
    .descriptor_i(fmt_pkg::descriptor_t'(descriptor_i)),
    .fp32_i      (word_i),
    .random_i    (random_q),
    .code_o,
    .flags_o     (code_flags_o)
  );
endmodule : convert_tb
