// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Puts single-bit errors of one column right in the memory: words that a reader had to correct, and words that the
/// scrubber asks for.
///
/// Cycle 0: the macro reads. Cycle 1: correct. Cycle 2: write back (`wb_valid_o`), if there was an error. A word that a
/// reader corrected is noted, and its bank locked until it is read again, at most 2 cycles for partial writes under way
/// and 1 for a write-back. The scrubber's word is read in a cycle in which nobody wants its bank, and its bank is free in
/// the next: without errors neither delays anyone. The write-back locks its bank for its cycle.
/// Races: what is written back was read by this unit; a write to the word in cycle 1, between read and write-back,
/// cancels the write-back. A write in the other cycles finds the bank taken.
/// One word can be noted. When readers corrected others meanwhile, `missed_o` says so and the scrubber must find them.
module sram_repair (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  // readers corrected these words
  input  logic [sram_map_pkg::Readers-1:0]    seen_i,
  input  sram_map_pkg::slot_t                 seen_slot_i[sram_map_pkg::Readers],
  output logic                                missed_o,
  // the scrubber
  input  logic                                probe_i,
  input  sram_map_pkg::slot_t                 probe_slot_i,
  output logic                                probed_o,      // read in this cycle
  // the column's ports: what they want, and the writes that are granted
  input  logic [sram_map_pkg::Ports-1:0]      req_i,
  input  sram_map_pkg::slot_t                 slot_i[sram_map_pkg::Ports],
  input  logic [sram_map_pkg::Writers-1:0]    write_i,
  input  logic [cfg_pkg::SramBanks-1:0]       held_i,        // banks of partial writes and write-backs under way
  output logic                                note_valid_o,  // lock this bank
  output logic [sram_map_pkg::BankW-1:0]      note_bank_o,
  // cycle 0
  output logic                                read_o,
  output sram_map_pkg::slot_t                 read_slot_o,
  // cycle 1
  output logic                                check_valid_o,
  output logic [sram_map_pkg::BankW-1:0]      check_bank_o,
  input  secded_pkg::code_t                   code_i,
  // cycle 2
  output logic                                wb_valid_o,    // an error is put right
  output logic                                lost_o,        // the word cannot be put right
  output sram_map_pkg::slot_t                 wb_slot_o,     // the word
  output secded_pkg::code_t                   wb_code_o
);
  logic note_valid_q, note_valid_d, check_valid_q, wb_valid_q;
  sram_map_pkg::slot_t note_slot_q, note_slot_d, check_slot_q, wb_slot_q;
  secded_pkg::data_t wb_data_q;
  secded_pkg::decoded_t word;
  logic note_read, probe_free, overtaken, fixed;

  // Cycle 0.
  always_comb begin
    probe_free = 1'b0;
    if (probe_i) begin
      probe_free = !held_i[probe_slot_i.bank] && !note_valid_q;
      for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
        if (req_i[p] && slot_i[p].bank == probe_slot_i.bank) probe_free = 1'b0;
      end
    end
  end

  assign note_read    = note_valid_q && !held_i[note_slot_q.bank];
  assign probed_o     = probe_free;
  assign read_o       = note_read || probe_free;
  assign read_slot_o  = note_valid_q ? note_slot_q : probe_slot_i;
  assign note_valid_o = note_valid_q;
  assign note_bank_o  = note_slot_q.bank;

  always_comb begin
    note_valid_d = note_valid_q && !note_read;
    note_slot_d  = note_slot_q;
    missed_o     = 1'b0;
    if (seen_i != '0) begin
      for (int unsigned r = 0; r < sram_map_pkg::Readers; r++) begin
        if (seen_i[r]) begin
          if (!note_valid_d) begin
            note_valid_d = 1'b1;
            note_slot_d  = seen_slot_i[r];
          end else if (note_slot_d != seen_slot_i[r]) missed_o = 1'b1;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      note_valid_q  <= 1'b0;
      check_valid_q <= 1'b0;
      wb_valid_q    <= 1'b0;
    end else begin
      note_valid_q  <= note_valid_d;
      check_valid_q <= read_o;
      wb_valid_q    <= fixed;
    end
  end

  always_ff @(posedge clk_i) begin
    if (seen_i != '0) note_slot_q <= note_slot_d;
    if (read_o) check_slot_q <= read_slot_o;
  end

  // Cycle 1.
  always_comb begin
    overtaken = 1'b0;
    word      = '0;
    if (check_valid_q) begin
      word      = secded_pkg::decode(code_i);
      overtaken = wb_valid_q && wb_slot_q == check_slot_q;
      for (int unsigned w = 0; w < sram_map_pkg::Writers; w++) begin
        if (write_i[w] && slot_i[sram_map_pkg::Readers+w] == check_slot_q) overtaken = 1'b1;
      end
    end
  end

  assign check_valid_o = check_valid_q;
  assign check_bank_o  = check_slot_q.bank;
  assign fixed         = word.corrected && !overtaken;

  // Without an enable: that there is something to put right is known late.
  always_ff @(posedge clk_i) begin
    lost_o    <= rst_ni && word.uncorrectable && !overtaken;
    wb_slot_q <= check_slot_q;
    wb_data_q <= word.data;
  end

  // Cycle 2.
  always_comb begin
    wb_code_o = '0;
    if (wb_valid_q) wb_code_o = secded_pkg::encode(wb_data_q);
  end

  assign wb_valid_o = wb_valid_q;
  assign wb_slot_o  = wb_slot_q;
endmodule : sram_repair
