// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The arbiter of a column, for all requests, locks and heads: no two grants to one bank but for readers of one row, none to
/// a locked bank; and exactly those are granted that nobody before them, counted from the head on, keeps off. So the head
/// is granted whenever its bank is not locked.
module sram_arbiter_proof (
  input logic                              clk_i,
  input logic                              rst_ni,
  input logic [sram_map_pkg::PortW-1:0]    head_i,
  input logic [sram_map_pkg::Ports-1:0]    req_i,
  input sram_map_pkg::slot_t               slot_i [sram_map_pkg::Ports],
  input logic [cfg_pkg::SramBanks-1:0]     locked_i
);
  localparam int unsigned Ports = sram_map_pkg::Ports;
  localparam int unsigned Readers = sram_map_pkg::Readers;

  `TATAMI_FORMAL_RESET

  logic [Ports-1:0] grant, expected, seen;
  logic [sram_map_pkg::PortW-1:0] port;
  logic kept_off;

  sram_arbiter u_arbiter (
    .head_i,
    .req_i,
    .slot_i,
    .locked_i,
    .grant_o(grant)
  );

  // Go round once, from the head on, and remember who has asked.
  always_comb begin
    expected = '0;
    seen = '0;
    port = head_i;
    kept_off = 1'b0;
    for (int unsigned n = 0; n < Ports; n++) begin
      kept_off = locked_i[slot_i[port].bank];
      for (int unsigned j = 0; j < Ports; j++) begin
        if (seen[j] && slot_i[j].bank == slot_i[port].bank) begin
          if (int'(port) >= Readers || j >= Readers || slot_i[j].row != slot_i[port].row) kept_off = 1'b1;
        end
      end
      expected[port] = req_i[port] && !kept_off;
      seen[port] = req_i[port];
      port = (port == sram_map_pkg::PortW'(Ports - 1)) ? '0 : port + 1'b1;
    end
  end

  `TATAMI_ASSUME(Head, int'(head_i) < Ports)
  `TATAMI_ASSERT(Round, grant == expected)
  `TATAMI_ASSERT(HeadFirst, !req_i[head_i] || locked_i[slot_i[head_i].bank] || grant[head_i])
  for (genvar p = 0; p < Ports; p++) begin : gen_port
    `TATAMI_ASSERT(Unlocked, !grant[p] || (req_i[p] && !locked_i[slot_i[p].bank]))
    for (genvar j = 0; j < p; j++) begin : gen_other
      `TATAMI_ASSERT(OneAccess,
                     !(grant[p] && grant[j]) || slot_i[p].bank != slot_i[j].bank ||
                                (p < Readers && slot_i[p].row == slot_i[j].row))
    end
  end
  `TATAMI_COVER(Shared, grant[0] && grant[3] && slot_i[0].bank == slot_i[3].bank)
  `TATAMI_COVER(Wraps, head_i == 3'd4 && req_i[0] && !grant[0] && grant[4])
endmodule : sram_arbiter_proof
