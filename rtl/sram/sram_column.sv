// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// One of the eight columns: a macro per bank, the arbitration between the ports, the partial writes, and the repair
/// of single-bit errors in the memory.
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
  input  logic [sram_map_pkg::Writers-1:0]    wflip_i,
  // readers, the cycle after the grant; what the word turns out to be comes back a cycle later
  output secded_pkg::code_t                   rcode_o[sram_map_pkg::Readers],
  output sram_map_pkg::slot_t                 rslot_o[sram_map_pkg::Readers],
  input  logic [sram_map_pkg::Readers-1:0]    corrected_i,
  input  logic [sram_map_pkg::Readers-1:0]    lost_i,
  // scrubber: its word, and that it has been read
  input  logic                                probe_i,
  input  sram_map_pkg::slot_t                 probe_slot_i,
  output logic                                probed_o,
  output logic                                missed_o,  // a wrong word was seen, but could not be noted
  // wrong words met
  output logic                                report_valid_o,
  output sram_map_pkg::report_t               report_o,
  // a partial write, a repair is under way
  output logic                                busy_o,
  output logic                                repair_busy_o
);
  localparam int unsigned Banks = cfg_pkg::SramBanks;

  logic [Banks-1:0] held, locked, en, we;
  logic [sram_map_pkg::RowW-1:0] addr[Banks];
  secded_pkg::code_t wcode[Banks];
  secded_pkg::code_t rcode[Banks];
  logic [sram_map_pkg::Writers-1:0] full, start, merge_valid, wb_valid;
  sram_map_pkg::slot_t merge_slot[sram_map_pkg::Writers];
  sram_map_pkg::slot_t wb_slot[sram_map_pkg::Writers];
  secded_pkg::code_t wb_code[sram_map_pkg::Writers];
  logic [sram_map_pkg::Accessors-1:0] fixed, lost;
  sram_map_pkg::slot_t met_slot[sram_map_pkg::Accessors];
  logic note_valid, repair_read, repair_check, repair_wb;
  logic [sram_map_pkg::BankW-1:0] note_bank, check_bank;
  sram_map_pkg::slot_t repair_read_slot, repair_wb_slot;
  secded_pkg::code_t repair_code;

  sram_arbiter u_arbiter (
    .head_i,
    .req_i,
    .slot_i,
    .locked_i(locked),
    .grant_o
  );

  for (genvar w = 0; w < sram_map_pkg::Writers; w++) begin : gen_writer
    assign full[w] = wstrb_i[w] == '1 && !wflip_i[w];
    assign start[w] = grant_o[sram_map_pkg::Readers+w] && !full[w];

    sram_rmw u_rmw (
      .clk_i,
      .rst_ni,
      .start_i(start[w]),
      .slot_i(slot_i[sram_map_pkg::Readers+w]),
      .data_i(wcode_i[w].data),
      .strb_i(wstrb_i[w]),
      .flip_i(wflip_i[w]),
      .merge_valid_o(merge_valid[w]),
      .merge_slot_o(merge_slot[w]),
      .code_i(rcode[merge_slot[w].bank]),
      .fixed_o(fixed[sram_map_pkg::Readers+w]),
      .lost_o(lost[sram_map_pkg::Readers+w]),
      .wb_valid_o(wb_valid[w]),
      .wb_slot_o(wb_slot[w]),
      .wb_code_o(wb_code[w])
    );
    assign met_slot[sram_map_pkg::Readers+w] = wb_slot[w];
  end

  // Of the words that are judged in this cycle.
  sram_map_pkg::slot_t found_slot_q[sram_map_pkg::Readers];

  always_ff @(posedge clk_i) begin
    found_slot_q <= rslot_o;
  end

  sram_repair u_repair (
    .clk_i,
    .rst_ni,
    .seen_i(corrected_i),
    .seen_slot_i(found_slot_q),
    .missed_o,
    .probe_i,
    .probe_slot_i,
    .probed_o,
    .req_i,
    .slot_i,
    .write_i(grant_o[sram_map_pkg::Readers+:sram_map_pkg::Writers]),
    .held_i(held),
    .note_valid_o(note_valid),
    .note_bank_o(note_bank),
    .read_o(repair_read),
    .read_slot_o(repair_read_slot),
    .check_valid_o(repair_check),
    .check_bank_o(check_bank),
    .code_i(rcode[check_bank]),
    .wb_valid_o(repair_wb),
    .lost_o(lost[sram_map_pkg::Scrubber]),
    .wb_slot_o(repair_wb_slot),
    .wb_code_o(repair_code)
  );

  assign fixed[sram_map_pkg::Scrubber]    = repair_wb;
  assign met_slot[sram_map_pkg::Scrubber] = repair_wb_slot;

  sram_report u_report (
    .clk_i,
    .rst_ni,
    .fixed_i(fixed),
    .lost_i(lost),
    .slot_i(met_slot),
    .valid_o(report_valid_o),
    .report_o
  );

  assign busy_o = (merge_valid | wb_valid) != '0;
  assign repair_busy_o = corrected_i != '0 || (fixed | lost) != '0 || note_valid || repair_check || report_valid_o;

  always_comb begin
    held = '0;
    for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
      if (merge_valid[w]) held[merge_slot[w].bank] = 1'b1;
      if (wb_valid[w]) held[wb_slot[w].bank] = 1'b1;
    end
    if (repair_wb) held[repair_wb_slot.bank] = 1'b1;
    locked = held;
    if (note_valid) locked[note_bank] = 1'b1;
  end

  // Every grant, every read of the repair unit and every write-back goes to a bank of its own, but for readers of the
  // same row.
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
    if (repair_read) begin
      en[repair_read_slot.bank] = 1'b1;
      addr[repair_read_slot.bank] = repair_read_slot.row;
    end
    if (repair_wb) begin
      en[repair_wb_slot.bank] = 1'b1;
      we[repair_wb_slot.bank] = 1'b1;
      addr[repair_wb_slot.bank] = repair_wb_slot.row;
      wcode[repair_wb_slot.bank] = repair_code;
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
    always_ff @(posedge clk_i) begin
      if (grant_o[r]) rslot_o[r] <= slot_i[r];
    end

    assign rcode_o[r] = rcode[rslot_o[r].bank];
    assign fixed[r] = 1'b0;  // the response is right; the word in the memory is the repair unit's
    assign lost[r] = lost_i[r];
    assign met_slot[r] = found_slot_q[r];
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
      if (grant_o[p] && repair_read && slot_i[p].bank == repair_read_slot.bank) shared = 1'b1;
      if (grant_o[p] && repair_wb && slot_i[p].bank == repair_wb_slot.bank) shared = 1'b1;
    end
    for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
      if (wb_valid[w] && repair_read && wb_slot[w].bank == repair_read_slot.bank) shared = 1'b1;
      if (wb_valid[w] && repair_wb && wb_slot[w].bank == repair_wb_slot.bank) shared = 1'b1;
    end
    if (repair_wb && repair_read && repair_wb_slot.bank == repair_read_slot.bank) shared = 1'b1;
  end
  `TATAMI_ASSERT(OneAccess, !shared)
endmodule : sram_column
