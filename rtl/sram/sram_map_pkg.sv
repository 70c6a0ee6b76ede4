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

  typedef logic [ColumnW-1:0] column_t;

  /// A word within a column.
  typedef struct packed {
    logic [BankW-1:0] bank;
    logic [RowW-1:0] row;
  } slot_t;

  function automatic column_t column_of(input sram_pkg::word_addr_t addr);
    column_t sum;
    sum = '0;
    for (int unsigned d = 0; d < sram_pkg::WordAddrW / ColumnW; d++) sum = sum + addr[d*ColumnW+:ColumnW];
    return sum;
  endfunction

  function automatic slot_t slot_of(input logic [LineW-1:0] line);
    return {BankW'(line % LineW'(cfg_pkg::SramBanks)), RowW'(line / LineW'(cfg_pkg::SramBanks))};
  endfunction
endpackage
