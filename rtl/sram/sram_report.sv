// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Boils what the accesses of one column met in a cycle down to a report, which shows in the next cycle.
module sram_report (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  // ports, then the scrubber
  input  logic [sram_map_pkg::Accessors-1:0]  fixed_i,
  input  logic [sram_map_pkg::Accessors-1:0]  lost_i,
  input  sram_map_pkg::slot_t                 slot_i[sram_map_pkg::Accessors],
  output logic                                valid_o,
  output sram_map_pkg::report_t               report_o   // zero counts when not valid
);
  sram_map_pkg::report_t report;

  always_comb begin
    report = '0;
    for (int unsigned a = sram_map_pkg::Accessors; a > 0; a--) begin
      if (fixed_i[a-1]) begin
        report.fixed = report.fixed + 1'b1;
        report.fixed_slot = slot_i[a-1];
      end
      if (lost_i[a-1]) begin
        report.lost = report.lost + 1'b1;
        report.lost_slot = slot_i[a-1];
        report.lost_port = 3'(a - 1);
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_o <= 1'b0;
    else valid_o <= (fixed_i | lost_i) != '0;
  end

  // Without an enable: that there is something to tell is known late.
  always_ff @(posedge clk_i) report_o <= report;
endmodule : sram_report
