// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The requester of a port: each wanted word of a request is granted once, at its own place, and the request ends with its
/// last one. While words are missing it asks, so with grants within b cycles a request takes at most 8 b.
module sram_requester_proof (
  input logic                                       clk_i,
  input logic                                       rst_ni,
  input logic                                       valid_i,
  input logic [sram_pkg::Words-1:0]                 en_i,
  input sram_pkg::word_addr_t [sram_pkg::Words-1:0] addr_i,
  input logic [sram_map_pkg::Columns-1:0]           allow_i
);
  localparam int unsigned Lines = cfg_pkg::SramBanks * cfg_pkg::SramRows;

  `TATAMI_FORMAL_RESET

  logic ready, active, first, last;
  logic [sram_map_pkg::Columns-1:0] req, grant;
  logic [sram_pkg::Words-1:0] take, missing_q;
  logic [sram_pkg::Words-1:0] word[sram_map_pkg::Columns];
  sram_map_pkg::slot_t slot[sram_map_pkg::Columns];
  sram_map_pkg::column_t column[sram_pkg::Words];
  sram_pkg::word_addr_t [sram_pkg::Words-1:0] addr_q;

  assign grant = req & allow_i;

  sram_requester u_requester (
    .clk_i,
    .rst_ni,
    .valid_i,
    .ready_o (ready),
    .en_i,
    .addr_i,
    .req_o   (req),
    .word_o  (word),
    .slot_o  (slot),
    .grant_i (grant),
    .active_o(active),
    .first_o (first),
    .last_o  (last),
    .take_o  (take),
    .column_o(column)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) missing_q <= '0;
    else missing_q <= (valid_i && ready) ? en_i : missing_q & ~take;
    if (valid_i && ready) addr_q <= addr_i;
  end

  // Where a word belongs, by docs/memory.md: line L in bank L mod SramBanks, word w of it in column w + digits of L.
  for (genvar i = 0; i < sram_pkg::Words; i++) begin : gen_word
    logic [sram_map_pkg::LineW-1:0] line;
    sram_map_pkg::column_t sum;
    sram_map_pkg::slot_t place;

    assign place = u_requester.slot_q[i];

    always_comb begin
      {line, sum} = addr_q[i];
      for (int unsigned d = 0; d < sram_map_pkg::LineW / 3; d++) sum += line[3*d+:3];
    end

    `TATAMI_ASSUME(Inside, !en_i[i] || addr_i[i] < sram_pkg::WordAddrW'(Lines * sram_pkg::Words))
    `TATAMI_ASSERT(Column, !missing_q[i] || column[i] == sum)
    `TATAMI_ASSERT(Slot, !missing_q[i] || {place.row, place.bank} == line[$bits(sram_map_pkg::slot_t)-1:0])
    `TATAMI_ASSERT(AskedThere, !req[column[i]] || !word[column[i]][i] || slot[column[i]] == place)
    `TATAMI_ASSERT(LowestFirst, !missing_q[i] || word[column[i]][i:0] != '0)
    `TATAMI_ASSERT(TakenThere, !take[i] || (grant[column[i]] && word[column[i]][i]))
    `TATAMI_ASSERT(Missing, missing_q[i] == (u_requester.waiting_q[i] || (req[column[i]] && word[column[i]][i])))
  end

  for (genvar c = 0; c < sram_map_pkg::Columns; c++) begin : gen_column
    `TATAMI_ASSERT(OneAsked, !active || req[c] == (word[c] != '0))
    `TATAMI_ASSERT(AskedOnce, !req[c] || $onehot(word[c]))
    for (genvar i = 0; i < sram_pkg::Words; i++) begin : gen_asked
      `TATAMI_ASSERT(Asked, !req[c] || !word[c][i] || (missing_q[i] && column[i] == sram_map_pkg::column_t'(c)))
    end
    `TATAMI_ASSERT(Granted, !grant[c] || (take & word[c]) == word[c])
  end

  `TATAMI_ASSERT(Once, (take & ~missing_q) == '0)
  `TATAMI_ASSERT(Asks, (missing_q == '0) == (req == '0))
  `TATAMI_ASSERT(Ends, last == (active && (missing_q & ~take) == '0))
  `TATAMI_ASSERT(Ready, ready == (!active || last))
  `TATAMI_COVER(Serial, active && !first && $countones(missing_q) == 1 && en_i == '1)
  `TATAMI_COVER(Parallel, first && last && $countones(take) == 8)
endmodule : sram_requester_proof
