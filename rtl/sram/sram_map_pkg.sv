// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Where a word lives: word w of line L is in bank L mod SramBanks, row L / SramBanks, column (w + s(L)) mod 8, where
/// s(L) is the sum of the base-8 digits of L, so that power-of-two strides spread over the columns.
package sram_map_pkg;
  localparam int unsigned Columns = sram_pkg::Words;
  localparam int unsigned ColumnW = $clog2(Columns);
  localparam int unsigned LineW = sram_pkg::WordAddrW - ColumnW;
  localparam int unsigned BankW = (cfg_pkg::SramBanks > 1) ? $clog2(cfg_pkg::SramBanks) : 1;
  localparam int unsigned RowW = (cfg_pkg::SramRows > 1) ? $clog2(cfg_pkg::SramRows) : 1;

  localparam int unsigned Readers = 4;  // ports 0..3: two load ports, instruction fetch, mesh
  localparam int unsigned Writers = 2;  // ports 4..5: core store, mesh
  localparam int unsigned Ports = Readers + Writers;
  localparam int unsigned PortW = $clog2(Ports);

  localparam int unsigned Scrubber = Ports;  // accesses by nobody's request
  localparam int unsigned Accessors = Ports + 1;

  typedef logic [ColumnW-1:0] column_t;

  /// A word within a column.
  typedef struct packed {
    logic [BankW-1:0] bank;
    logic [RowW-1:0] row;
  } slot_t;

  /// What a column met in one cycle.
  typedef struct packed {
    logic [1:0] fixed;   // words put right
    slot_t fixed_slot;   // one of them
    logic [2:0] lost;    // accesses to words that cannot be put right
    slot_t lost_slot;    // that of the lowest port
    logic [2:0] lost_port;
  } report_t;

  function automatic column_t column_of(input sram_pkg::word_addr_t addr);
    column_t sum;
    sum = '0;
    for (int unsigned d = 0; d < sram_pkg::WordAddrW / ColumnW; d++) sum = sum + addr[d*ColumnW+:ColumnW];
    return sum;
  endfunction

  /// The word in a slot of a column: undoes `column_of` and `slot_of`.
  function automatic sram_pkg::word_addr_t word_of(input column_t column, input slot_t slot);
    logic [LineW-1:0] line;
    line = LineW'(slot.row) * LineW'(cfg_pkg::SramBanks) + LineW'(slot.bank);
    return {line, column - column_of({line, column_t'(0)})};
  endfunction

  function automatic logic [BankW-1:0] bank_of(input logic [LineW-1:0] line);
    return BankW'(line % LineW'(cfg_pkg::SramBanks));
  endfunction

  function automatic slot_t slot_of(input logic [LineW-1:0] line);
    return {bank_of(line), RowW'(line / LineW'(cfg_pkg::SramBanks))};
  endfunction
endpackage
