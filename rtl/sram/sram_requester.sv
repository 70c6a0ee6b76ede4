// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Holds the request that a port is being served, spreads its words over the columns and counts off what is granted.
///
/// Latency: words are asked for from the cycle after acceptance on. Each cycle asks for at most one word per column,
/// the lowest-numbered pending one. Throughput: 1 request per cycle when every word is granted at once.
/// Handshake: `ready_o` is high when no request is held or the held one is granted its last words in this cycle; it
/// depends on the grants, which depend on registers only.
module sram_requester (
  input  logic                                            clk_i,
  input  logic                                            rst_ni,
  // request
  input  logic                                            valid_i,
  output logic                                            ready_o,
  input  logic [sram_pkg::Words-1:0]                      en_i,
  input  sram_pkg::word_addr_t [sram_pkg::Words-1:0]      addr_i,
  // to and from the columns; `word_o` and `slot_o` hold for the columns asked for
  output logic [sram_map_pkg::Columns-1:0]                req_o,
  output sram_map_pkg::column_t                           word_o[sram_map_pkg::Columns],
  output sram_map_pkg::slot_t                             slot_o[sram_map_pkg::Columns],
  input  logic [sram_map_pkg::Columns-1:0]                grant_i,
  // the request being served
  output logic                                            active_o,
  output logic                                            first_o,   // in its first cycle
  output logic                                            last_o,    // granted its last words
  output logic [sram_pkg::Words-1:0]                      take_o,    // words granted in this cycle
  output sram_map_pkg::column_t                           column_o[sram_pkg::Words]
);
  logic active_q, first_q;
  logic [sram_pkg::Words-1:0] pending_q, pending;
  sram_map_pkg::column_t column_q[sram_pkg::Words];
  sram_map_pkg::slot_t slot_q[sram_pkg::Words];
  logic accept;

  // Of the words that want the same column, the first; found side by side, not one after the other.
  logic [sram_pkg::Words-1:0] leads;

  always_comb begin
    leads = pending_q;
    if (pending_q != '0) begin
      for (int unsigned i = 1; i < sram_pkg::Words; i++) begin
        for (int unsigned j = 0; j < i; j++) begin
          if (pending_q[j] && column_q[j] == column_q[i]) leads[i] = 1'b0;
        end
      end
    end
  end

  always_comb begin
    req_o = '0;
    for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
      word_o[c] = '0;
      slot_o[c] = '0;
    end
    if (pending_q != '0) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        if (leads[i]) begin
          req_o[column_q[i]] = 1'b1;
          word_o[column_q[i]] = sram_map_pkg::column_t'(i);
          slot_o[column_q[i]] = slot_q[i];
        end
      end
    end
  end

  always_comb begin
    take_o = '0;
    if (grant_i != '0) begin
      for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
        if (grant_i[c]) take_o[word_o[c]] = 1'b1;
      end
    end
  end

  assign pending  = pending_q & ~take_o;
  assign last_o   = active_q && pending == '0;
  assign ready_o  = !active_q || last_o;
  assign accept   = valid_i && ready_o;
  assign active_o = active_q;
  assign first_o  = first_q;
  assign column_o = column_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q  <= 1'b0;
      first_q   <= 1'b0;
      pending_q <= '0;
    end else begin
      active_q  <= accept || (active_q && !last_o);
      first_q   <= accept;
      pending_q <= accept ? en_i : pending;
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        column_q[i] <= sram_map_pkg::column_of(addr_i[i]);
        slot_q[i]   <= sram_map_pkg::slot_of(addr_i[i][sram_pkg::WordAddrW-1:sram_map_pkg::ColumnW]);
      end
    end
  end

  for (genvar i = 0; i < sram_pkg::Words; i++) begin : gen_check
    localparam int unsigned Lines = cfg_pkg::SramBanks * cfg_pkg::SramRows;
    `TATAMI_ASSERT(Inside, !(valid_i && en_i[i]) || 32'(addr_i[i]) < Lines * sram_pkg::Words)
  end
  `TATAMI_ASSERT(PendingActive, active_q || pending_q == '0)
  `TATAMI_ASSERT(GrantAsked, (grant_i & ~req_o) == '0)
endmodule : sram_requester
