// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// One of the eight columns: a macro per bank, the arbitration between the ports, and the partial writes.
///
/// A port that is granted in one cycle has its codeword in the next. Throughput: one access per bank and cycle.
/// Handshake: requests come from registers and hold until granted; grants depend on registers only.
module sram_column (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  input  logic [sram_map_pkg::PortW-1:0]      head_i,   // port with the highest priority
  // readers first, then writers
  input  logic [sram_map_pkg::Ports-1:0]      req_i,
  input  sram_map_pkg::slot_t                 slot_i[sram_map_pkg::Ports],
  output logic [sram_map_pkg::Ports-1:0]      grant_o,
  // writers
  input  secded_pkg::code_t                   wcode_i[sram_map_pkg::Writers],
  input  logic [sram_pkg::WordBytes-1:0]      wstrb_i[sram_map_pkg::Writers],
  // readers, the cycle after the grant
  output secded_pkg::code_t                   rcode_o[sram_map_pkg::Readers],
  // a partial write is under way
  output logic                                busy_o
);
  localparam int unsigned Banks = cfg_pkg::SramBanks;

  logic [Banks-1:0] locked, en, we;
  logic [sram_map_pkg::RowW-1:0] addr[Banks];
  secded_pkg::code_t wcode[Banks];
  secded_pkg::code_t rcode[Banks];
  logic [sram_map_pkg::Writers-1:0] full, start, merge_valid, wb_valid;
  sram_map_pkg::slot_t merge_slot[sram_map_pkg::Writers];
  sram_map_pkg::slot_t wb_slot[sram_map_pkg::Writers];
  secded_pkg::code_t wb_code[sram_map_pkg::Writers];

  sram_arbiter u_arbiter (
    .head_i,
    .req_i,
    .slot_i,
    .locked_i(locked),
    .grant_o
  );

  for (genvar w = 0; w < sram_map_pkg::Writers; w++) begin : gen_writer
    assign full[w] = wstrb_i[w] == '1;
    assign start[w] = grant_o[sram_map_pkg::Readers+w] && !full[w];

    sram_rmw u_rmw (
      .clk_i,
      .rst_ni,
      .start_i(start[w]),
      .slot_i(slot_i[sram_map_pkg::Readers+w]),
      .data_i(wcode_i[w].data),
      .strb_i(wstrb_i[w]),
      .merge_valid_o(merge_valid[w]),
      .merge_slot_o(merge_slot[w]),
      .code_i(rcode[merge_slot[w].bank]),
      .wb_valid_o(wb_valid[w]),
      .wb_slot_o(wb_slot[w]),
      .wb_code_o(wb_code[w])
    );
  end

  assign busy_o = (merge_valid | wb_valid) != '0;

  always_comb begin
    locked = '0;
    for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
      if (merge_valid[w]) locked[merge_slot[w].bank] = 1'b1;
      if (wb_valid[w]) locked[wb_slot[w].bank] = 1'b1;
    end
  end

  // Every grant and every write-back goes to a bank of its own, but for readers of the same row.
  always_comb begin
    en = '0;
    we = '0;
    for (int unsigned b = 0; b < Banks; b++) begin
      addr[b] = '0;
      wcode[b] = '0;
    end
    if (grant_o != '0) begin
      for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
        if (grant_o[p]) begin
          en[slot_i[p].bank] = 1'b1;
          addr[slot_i[p].bank] = slot_i[p].row;
        end
      end
      for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
        if (grant_o[sram_map_pkg::Readers+w] && full[w]) begin
          we[slot_i[sram_map_pkg::Readers+w].bank] = 1'b1;
          wcode[slot_i[sram_map_pkg::Readers+w].bank] = wcode_i[w];
        end
      end
    end
    for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
      if (wb_valid[w]) begin
        en[wb_slot[w].bank] = 1'b1;
        we[wb_slot[w].bank] = 1'b1;
        addr[wb_slot[w].bank] = wb_slot[w].row;
        wcode[wb_slot[w].bank] = wb_code[w];
      end
    end
  end

  for (genvar b = 0; b < Banks; b++) begin : gen_bank
    sram_macro #(
      .Depth(cfg_pkg::SramRows)
    ) u_macro (
      .clk_i,
      .en_i(en[b] && rst_ni),  // before the first edge in reset, registers may hold anything
      .we_i(we[b]),
      .addr_i(addr[b]),
      .wdata_i(wcode[b]),
      .rdata_o(rcode[b])
    );
  end

  for (genvar r = 0; r < sram_map_pkg::Readers; r++) begin : gen_reader
    logic [sram_map_pkg::BankW-1:0] bank_q;

    always_ff @(posedge clk_i) begin
      if (grant_o[r]) bank_q <= slot_i[r].bank;
    end

    assign rcode_o[r] = rcode[bank_q];
  end

  // No two accesses share a bank, but for readers of the same row.
  logic shared;
  always_comb begin
    shared = 1'b0;
    for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
      for (int unsigned j = 0; j < p; j++) begin
        if (grant_o[p] && grant_o[j] && slot_i[p].bank == slot_i[j].bank &&
            (p >= sram_map_pkg::Readers || slot_i[p].row != slot_i[j].row))
          shared = 1'b1;
      end
      for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
        if (grant_o[p] && wb_valid[w] && slot_i[p].bank == wb_slot[w].bank) shared = 1'b1;
      end
    end
  end
  `TATAMI_ASSERT(OneAccess, !shared)
endmodule : sram_column
