// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Packets that the inlet takes.
module arrival_tap (
  input logic             clk_i,
  input logic             rst_ni,
  input logic             take_i,
  input noc_pkg::packet_t packet_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni && take_i) timeline_log_pkg::tatami_timeline_arrive(packet_i.header);
  end
endmodule : arrival_tap

bind inlet arrival_tap u_timeline (
  .clk_i,
  .rst_ni,
  .take_i  (take),
  .packet_i(packet)
);
