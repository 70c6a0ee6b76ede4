// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every cause is taken by a handler.
module trap_cover (
  input logic             clk_i,
  input pipe_pkg::entry_t entry_i
);
  for (genvar c = 0; c < 32; c++) begin : gen_cause
    if (c <= 7 || c == 11 || c == 24) begin : gen_known
      handled :
      cover property (@(posedge clk_i) entry_i.valid && entry_i.handled && entry_i.cause == pipe_pkg::cause_t'(c));
    end
  end
endmodule : trap_cover

bind csr trap_cover u_cover (.*);
