// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Grants the requester with the oldest turn; of several, the first one.
///
/// A tournament, so one requester wins whatever the turns are. Latency: combinational.
module oldest #(
  parameter int unsigned Inputs = 5
) (
  input  logic [Inputs-1:0]  req_i,
  input  router_pkg::stamp_t turn_i[Inputs],
  output logic [Inputs-1:0]  gnt_o
);
  logic [Inputs-1:0] valid;
  logic [Inputs-1:0] winner[Inputs];
  router_pkg::stamp_t turn[Inputs];

  always_comb begin
    gnt_o = '0;
    valid = req_i;
    turn = turn_i;
    for (int unsigned i = 0; i < Inputs; i++) winner[i] = Inputs'(1) << i;
    if (req_i != '0) begin
      for (int unsigned step = 1; step < Inputs; step *= 2) begin
        for (int unsigned i = 0; i + step < Inputs; i += 2 * step) begin
          if (valid[i+step] && (!valid[i] || router_pkg::is_older(turn[i+step], turn[i]))) begin
            valid[i] = 1'b1;
            winner[i] = winner[i+step];
            turn[i] = turn[i+step];
          end
        end
      end
      gnt_o = winner[0];
    end
  end
endmodule : oldest
