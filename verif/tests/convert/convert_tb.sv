// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Both directions of a conversion lane on the same word; answers come 5 cycles after the operation.
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
  logic [5:1] valid_q;
  logic [4:1][23:0] random_q;
  logic [31:0] wide;
  logic [4:3][31:0] wide_q;
  flag_pkg::flags_t wide_flags;
  flag_pkg::flags_t [4:3] wide_flags_q;

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[4:1], valid_i} : '0;
    random_q <= {random_q[3:1], random_i};
    wide_q <= {wide_q[3], wide};
    wide_flags_q <= {wide_flags_q[3], wide_flags};
    wide_o <= wide_q[4];
    wide_flags_o <= wide_flags_q[4];
  end

  assign valid_o = valid_q[5];

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
    .en_i        ({valid_q[4:1], valid_i}),
    .descriptor_i(fmt_pkg::descriptor_t'(descriptor_i)),
    .fp32_i      (word_i),
    .random_i    (random_q[4]),
    .code_o,
    .flags_o     (code_flags_o)
  );
endmodule : convert_tb
