// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Holds the request that a port is being served, spreads its words over the columns and counts off what is granted.
///
/// Latency: words are asked for from the cycle after acceptance on. Each cycle asks for at most one word per column, the
/// lowest-numbered pending one; what is asked for, and what will be after a grant, stands before the grants come.
/// Throughput: 1 request per cycle when every word is granted at once.
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
  // to and from the columns; `slot_o` holds for the columns asked for, `word_o` is zero for others while a request is served
  output logic [sram_map_pkg::Columns-1:0]                req_o,
  output logic [sram_pkg::Words-1:0]                      word_o[sram_map_pkg::Columns],  // one-hot
  output sram_map_pkg::slot_t                             slot_o[sram_map_pkg::Columns],
  input  logic [sram_map_pkg::Columns-1:0]                grant_i,
  // the request being served
  output logic                                            active_o,
  output logic                                            first_o,   // in its first cycle
  output logic                                            last_o,    // granted its last words
  output logic [sram_pkg::Words-1:0]                      take_o,    // words granted in this cycle
  output sram_map_pkg::column_t                           column_o[sram_pkg::Words]
);
  typedef logic [sram_pkg::Words-1:0] words_t;
  typedef logic [sram_map_pkg::Columns-1:0] columns_t;
  typedef sram_map_pkg::column_t [sram_pkg::Words-1:0] column_of_t;  // by word
  typedef words_t [sram_map_pkg::Columns-1:0] word_of_t;  // by column: one word or none
  typedef sram_map_pkg::slot_t [sram_pkg::Words-1:0] slots_t;  // by word
  typedef sram_map_pkg::slot_t [sram_map_pkg::Columns-1:0] slot_of_t;  // by column

  /// Of some words, those that are the first in their column; found side by side, not one after the other.
  function automatic words_t leads_of(input words_t words, input column_of_t column);
    leads_of = words;
    for (int unsigned i = 1; i < sram_pkg::Words; i++) begin
      for (int unsigned j = 0; j < i; j++) begin
        if (words[j] && column[j] == column[i]) leads_of[i] = 1'b0;
      end
    end
  endfunction

  /// The columns of some words.
  function automatic columns_t columns_of(input words_t words, input column_of_t column);
    columns_of = '0;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      if (words[i]) columns_of[column[i]] = 1'b1;
    end
  endfunction

  /// The word of each column, of some words with a column each.
  function automatic word_of_t words_of(input words_t leads, input column_of_t column);
    words_of = '0;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      if (leads[i]) words_of[column[i]][i] = 1'b1;
    end
  endfunction

  /// The slot of each column's word; zero for none.
  function automatic slot_of_t slots_of(input word_of_t word, input slots_t slot);
    slots_of = '0;
    for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        if (word[c][i]) slots_of[c] = slots_of[c] | slot[i];
      end
    end
  endfunction

  // The request: where its words are, which word each column is asked for, and those that wait behind that.
  logic active_q, first_q;
  column_of_t column_q;
  slots_t slot_q;
  columns_t req_q;
  word_of_t word_q;
  slot_of_t asked_slot_q;
  words_t waiting_q;

  // What columns are asked for once they have granted their word, and by the next request: known before the grants are.
  words_t next_leads, new_leads;
  columns_t next_req;
  word_of_t next_word, new_word;
  slot_of_t next_slot;
  column_of_t new_column;
  slots_t new_slot;
  logic accept;

  always_comb begin
    next_leads = '0;
    next_req   = '0;
    next_word  = '0;
    next_slot  = '0;
    if (waiting_q != '0) begin
      next_leads = leads_of(waiting_q, column_q);
      next_req   = columns_of(waiting_q, column_q);
      next_word  = words_of(next_leads, column_q);
      next_slot  = slots_of(next_word, slot_q);
    end
  end

  always_comb begin
    new_column = '0;
    new_slot   = '0;
    new_leads  = '0;
    new_word   = '0;
    if (valid_i) begin
      for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
        new_column[i] = sram_map_pkg::column_of(addr_i[i]);
        new_slot[i]   = sram_map_pkg::slot_of(addr_i[i][sram_pkg::WordAddrW-1:sram_map_pkg::ColumnW]);
      end
      new_leads = leads_of(en_i, new_column);
      new_word  = words_of(new_leads, new_column);
    end
  end

  always_comb begin
    take_o = '0;
    if (grant_i != '0) begin
      for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
        if (grant_i[c]) take_o = take_o | word_q[c];
      end
    end
  end

  always_comb begin
    for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
      word_o[c] = word_q[c];
      slot_o[c] = asked_slot_q[c];
    end
    for (int unsigned i = 0; i < sram_pkg::Words; i++) column_o[i] = column_q[i];
  end

  assign req_o    = req_q;
  assign active_o = active_q;
  assign first_o  = first_q;
  assign last_o   = active_q && (req_q & (~grant_i | next_req)) == '0;
  assign ready_o  = !active_q || last_o;
  assign accept   = valid_i && ready_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q  <= 1'b0;
      first_q   <= 1'b0;
      req_q     <= '0;
      waiting_q <= '0;
    end else begin
      active_q <= accept || (active_q && !last_o);
      first_q  <= accept;
      if (accept) begin
        req_q     <= columns_of(en_i, new_column);
        waiting_q <= en_i & ~new_leads;
      end else if (grant_i != '0) begin
        req_q <= (req_q & ~grant_i) | (next_req & grant_i);
        for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
          if (next_leads[i] && grant_i[column_q[i]]) waiting_q[i] <= 1'b0;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) begin
      word_q       <= new_word;
      asked_slot_q <= slots_of(new_word, new_slot);
      column_q     <= new_column;
      slot_q       <= new_slot;
    end else if (grant_i != '0) begin
      for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
        if (grant_i[c]) begin
          word_q[c]       <= next_word[c];
          asked_slot_q[c] <= next_slot[c];
        end
      end
    end
  end

  for (genvar i = 0; i < sram_pkg::Words; i++) begin : gen_check
    localparam int unsigned Lines = cfg_pkg::SramBanks * cfg_pkg::SramRows;
    `TATAMI_ASSERT(Inside, !(valid_i && en_i[i]) || 32'(addr_i[i]) < Lines * sram_pkg::Words)
    `TATAMI_ASSERT(WaitsBehind, !waiting_q[i] || req_q[column_q[i]])
  end
  `TATAMI_ASSERT(AsksActive, active_q || req_q == '0)
  `TATAMI_ASSERT(GrantAsked, (grant_i & ~req_o) == '0)
endmodule : sram_requester
