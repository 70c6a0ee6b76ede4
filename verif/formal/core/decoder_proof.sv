// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The decoder equals the table for all 2^32 words. The table comes as a flat list of masks and matches (encodings.py): no
/// two of them take the same word; a word is legal when one does; and all that the decoder says of it is that row's.
module decoder_proof (
  input logic        clk_i,
  input logic        rst_ni,
  input logic [31:0] insn_i
);
  `TATAMI_FORMAL_RESET

  isa_pkg::decoded_t d;
  logic [encodings_pkg::Count-1:0] hits;
  logic [9:0] says;

  assign d = isa_pkg::decode(insn_i);
  assign says = {
    d.reads_xs1,
    d.reads_xs2,
    d.writes_xd,
    d.reads_vs1,
    d.reads_vs2,
    d.reads_vd,
    d.writes_vd,
    d.reads_acc,
    d.writes_acc,
    d.reads_mem
  };

  for (genvar i = 0; i < encodings_pkg::Count; i++) begin : gen_row
    localparam encodings_pkg::row_t Row = encodings_pkg::Rows[i];
    logic [2:0] acc;

    assign hits[i] = (insn_i & Row.mask) == Row.match;
    assign acc     = (Row.acc == 2'd1) ? insn_i[9:7] : (Row.acc == 2'd2) ? insn_i[17:15] : 3'd0;

    `TATAMI_ASSERT(Decoded,
                   !hits[i] || (int'(d.op) == i && d.unit == Row.unit && says == Row.says && d.acc == acc &&
                                     d.part == (Row.part ? insn_i[26:25] : 2'd0)))
    `TATAMI_ASSERT(Immediate, !hits[i] || d.imm == encodings_pkg::immediate(i, insn_i))
  end

  `TATAMI_ASSERT(NoOverlap, (hits & (hits - 1'b1)) == '0)
  `TATAMI_ASSERT(Legal, d.legal == (hits != '0))
  `TATAMI_ASSERT(Fields,
                 d.rd == insn_i[11:7] && d.rs1 == insn_i[19:15] && d.rs2 == insn_i[24:20] && d.csr == insn_i[31:20])
  `TATAMI_COVER(LastRow, hits[encodings_pkg::Count-1] && d.legal)
  `TATAMI_COVER(Illegal, !d.legal)
endmodule : decoder_proof
