// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every pair of formats that the matrix unit multiplies.
module matrix_cover (
  input logic              clk_i,
  input logic              rst_ni,
  input logic              valid_i,
  input matrix_pkg::step_t step_i
);
  for (genvar a = 0; a < 16; a++) begin : gen_a
    for (genvar b = 0; b < 16; b++) begin : gen_b
      if (dot_pkg::multiplies(fmt_pkg::kind_e'(a), fmt_pkg::kind_e'(b))) begin : gen_pair
        steps :
        cover property (@(posedge clk_i) rst_ni && valid_i && !step_i.write && step_i.a.kind == fmt_pkg::kind_e'(a) &&
                                                 step_i.b.kind == fmt_pkg::kind_e'(b));
      end
    end
  end
endmodule : matrix_cover

bind matrix_unit matrix_cover u_cover (.*);
