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
  for (genvar k = 0; k < 11; k++) begin : gen_kind
    if (k != 7 && k != 1) begin : gen_known  // 7 is no format, and FP32 is the other side
      logic here;
      assign here = rst_ni && valid_i && descriptor_i.kind == fmt_pkg::kind_e'(k);
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
