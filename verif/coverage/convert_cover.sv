// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every format that numbers are converted to and from.
module convert_cover (
  input logic                 clk_i,
  input logic                 rst_ni,
  input logic                 valid_i,
  input logic                 narrow_i,
  input fmt_pkg::descriptor_t descriptor_i
);
  for (genvar k = 0; k < 2 ** $bits(fmt_pkg::kind_e); k++) begin : gen_kind
    localparam fmt_pkg::kind_e Kind = fmt_pkg::kind_e'(k);
    if (fmt_pkg::known(Kind) && Kind != fmt_pkg::KindFp32) begin : gen_known  // FP32 is the other side
      logic here;
      assign here = rst_ni && valid_i && descriptor_i.kind == Kind;
      narrows :
      cover property (@(posedge clk_i) here && narrow_i && !descriptor_i.stochastic);
      narrows_at_random :
      cover property (@(posedge clk_i) here && narrow_i && descriptor_i.stochastic);
      widens :
      cover property (@(posedge clk_i) here && !narrow_i);
    end
  end
endmodule : convert_cover

bind convert_unit convert_cover u_cover (.*);
