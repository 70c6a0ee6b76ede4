// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every cause is taken by a handler.
module trap_cover (
  input logic             clk_i,
  input pipe_pkg::entry_t entry_i
);
  for (genvar i = 0; i < cause_pkg::Causes; i++) begin : gen_cause
    handled :
    cover property (@(posedge clk_i) entry_i.valid && entry_i.handled && entry_i.cause == cause_pkg::Cause[i]);
  end
endmodule : trap_cover

bind csr trap_cover u_cover (.*);
