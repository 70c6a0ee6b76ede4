// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Selects the input whose bit of `sel_i` is set; zero when none is, so that nothing moves while idle.
/// Combinational. At most one bit may be set.
module onehot_mux #(
  parameter type data_t = logic [7:0],
  parameter int unsigned Inputs = 4
) (
  input  logic [Inputs-1:0] sel_i,
  input  data_t             data_i[Inputs],
  output data_t             data_o
);
  always_comb begin
    data_o = '0;
    for (int unsigned i = 0; i < Inputs; i++) begin
      if (sel_i[i]) data_o = data_o | data_i[i];
    end
  end
endmodule : onehot_mux
