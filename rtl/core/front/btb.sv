// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Branch target buffer: for a 32 B window, the taken branch in it and where it leads. Direct-mapped, shared by all threads.
///
/// Latency: a lookup answers in the next cycle. What it says is a guess: it was true when it was written (`train_*`), and
/// `flush_i` empties it together with the instruction cache.
module btb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         flush_i,
  // Lookup of the window of an instruction, and its answer one cycle later.
  input  logic [63:2]  lookup_pc_i,
  output logic         taken_o,   // the window has a taken branch at or behind that instruction
  output logic [2:0]   last_o,    // which instruction of the window it is
  output logic [63:0]  target_o,
  // A branch went elsewhere than the guess.
  input  logic         train_valid_i,
  input  logic         train_taken_i,  // else there is no taken branch in its window
  input  logic [63:2]  train_pc_i,
  input  logic [63:0]  train_target_i
);
  localparam int unsigned Entries = cfg_pkg::IcacheLines / 2;
  localparam int unsigned IndexW = $clog2(Entries);
  localparam int unsigned TagW = sram_pkg::ByteAddrW - 5 - IndexW;

  typedef struct packed {
    logic [TagW-1:0] tag;
    logic [2:0] last;
    logic [31:2] target;
  } entry_t;

  entry_t entry_q [Entries];
  logic [Entries-1:0] valid_q;
  entry_t found;
  logic [63:2] pc_q;  // of the lookup that is being answered
  logic [IndexW-1:0] found_index, train_index;

  assign found_index = pc_q[5+:IndexW];
  assign train_index = train_pc_i[5+:IndexW];

  // Where to look comes late, so entries are read with the answer.
  always_ff @(posedge clk_i) begin
    pc_q <= lookup_pc_i;
    if (train_valid_i && train_taken_i) begin
      entry_q[train_index] <= '{
          tag: train_pc_i[5+IndexW+:TagW],
          last: train_pc_i[4:2],
          target: train_target_i[31:2]
      };
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni || flush_i) valid_q <= '0;
    else if (train_valid_i) valid_q[train_index] <= train_taken_i;
  end

  assign found    = entry_q[found_index];
  assign taken_o  = valid_q[found_index] && found.tag == pc_q[5+IndexW+:TagW] && found.last >= pc_q[4:2];
  assign last_o   = found.last;
  assign target_o = {32'b0, found.target, 2'b0};

  // Targets that differ elsewhere are not in local SRAM; the tag covers all of that.
  logic unused;
  assign unused = ^{pc_q[63:sram_pkg::ByteAddrW], train_pc_i[63:sram_pkg::ByteAddrW], train_target_i[63:32],
                    train_target_i[1:0]};
endmodule : btb
