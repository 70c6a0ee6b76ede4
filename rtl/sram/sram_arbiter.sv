// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Decides which ports may access the banks of one column in this cycle. Combinational.
///
/// A port is granted when its bank is not locked and no port before it in the order of service wants the same bank; readers
/// of the same row share one access. The order starts at `head_i` and wraps; because the head keeps its place until its request is served (see sram), nobody
/// starves.
module sram_arbiter (
  input  logic [sram_map_pkg::PortW-1:0]  head_i,
  input  logic [sram_map_pkg::Ports-1:0]  req_i,
  input  sram_map_pkg::slot_t             slot_i[sram_map_pkg::Ports],
  input  logic [cfg_pkg::SramBanks-1:0]   locked_i,
  output logic [sram_map_pkg::Ports-1:0]  grant_o
);
  logic [sram_map_pkg::Ports-1:0] from_head;

  /// Two ports cannot have their words in the same cycle.
  function automatic logic exclude (input int unsigned i, input int unsigned j, input sram_map_pkg::slot_t a,
                                    input sram_map_pkg::slot_t b);
    return a.bank == b.bank && !(i < sram_map_pkg::Readers && j < sram_map_pkg::Readers && a.row == b.row);
  endfunction

  assign from_head = {sram_map_pkg::Ports{1'b1}} << head_i;

  always_comb begin
    grant_o = '0;
    if (req_i != '0) begin
      for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
        grant_o[p] = req_i[p] && !locked_i[slot_i[p].bank];
        for (int unsigned j = 0; j < sram_map_pkg::Ports; j++) begin
          // In index order, except that the ports from the head on come before those below it.
          if (j != p && req_i[j] && exclude (
                  j, p, slot_i[j], slot_i[p]
              ) && ((from_head[j] == from_head[p]) ? j < p : from_head[j]))
            grant_o[p] = 1'b0;
        end
      end
    end
  end
endmodule : sram_arbiter
