// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The words of any memory instruction with any operands, and whether it traps, are as in the manual: each word of each item by
/// itself, in 64 bits.
module address_proof (
  input logic        clk_i,
  input logic        rst_ni,
  input logic [31:0] insn_i,
  input logic [63:0] xs1_i,
  input logic [63:0] xs2_i
);
  localparam int unsigned SimdWords = pipe_pkg::SimdWords;

  `TATAMI_FORMAL_RESET

  isa_pkg::decoded_t dec;
  assign dec = isa_pkg::decode(insn_i);
  `TATAMI_ASSUME(Memory, dec.legal && (pipe_pkg::is_load(dec) || pipe_pkg::is_store(dec)))

  logic [63:0] base;
  logic [1:0] size;
  logic [sram_pkg::Words-1:0] en;
  sram_pkg::word_addr_t [sram_pkg::Words-1:0] word;
  pipe_pkg::trap_t trap;

  address u_address (
    .valid_i(1'b1),
    .dec_i  (dec),
    .xs1_i,
    .xs2_i,
    .base_o (base),
    .size_o (size),
    .en_o   (en),
    .word_o (word)
  );

  address_check u_check (
    .valid_i  (1'b1),
    .dec_i    (dec),
    .xs1_i,
    .xs2_i,
    .base_i   (base),
    .crosses_i(en[1]),
    .trap_o   (trap)
  );

  // Items: how many words each has, less one, and how far apart they lie.
  logic [2:0] item_last;
  logic vector, strided, misaligned, outside;
  logic [63:0] first, distance, far, addr;
  logic [sram_pkg::Words-1:0] needed;
  logic [sram_pkg::Words-1:0][63:0] expected;
  isa_pkg::from_t from;

  function automatic logic in_sram(input logic [63:0] byte_addr);
    return byte_addr < 64'(cfg_pkg::SramBytes) ||
           (byte_addr >= noc_pkg::SramAlias && byte_addr < noc_pkg::SramAlias + 64'(cfg_pkg::SramBytes));
  endfunction

  always_comb begin
    from     = isa_pkg::from_t'(dec.imm[6:0]);
    vector   = pipe_pkg::is_vector(dec);
    strided  = 1'b0;
    first    = xs1_i + dec.imm;
    distance = xs2_i;
    unique case (dec.op)
      isa_pkg::OpVldW, isa_pkg::OpVldxW, isa_pkg::OpMmaMc: item_last = 3'd0;
      isa_pkg::OpVldQ, isa_pkg::OpVldxQ, isa_pkg::OpVstQ:  item_last = 3'(SimdWords / 4 - 1);
      isa_pkg::OpVstH:                                     item_last = 3'(SimdWords / 2 - 1);
      default:                                             item_last = 3'(SimdWords - 1);
    endcase
    strided = dec.op inside {isa_pkg::OpVldW, isa_pkg::OpVldQ, isa_pkg::OpVstQ, isa_pkg::OpVstH};
    if (dec.unit == isa_pkg::UnitSimd) first = xs2_i;
    if (dec.unit == isa_pkg::UnitMatrix) first = xs1_i + 64'(from.line) * 64'(cfg_pkg::SimdBytes);
    if (dec.op == isa_pkg::OpMmaMc) begin
      first    = xs1_i + 64'(from.line >> 1) * 64'(2 * cfg_pkg::SimdBytes) + (from.line[0] ? 64'd8 : 64'd0);
      distance = 64'd16;
    end
    misaligned = vector && (first % 8 != 0 || (strided && xs2_i % 8 != 0));
    outside    = 1'b0;
    needed     = '0;
    expected   = '0;
    far        = '0;
    addr       = '0;
    if (vector) begin
      for (int unsigned i = 0; i < SimdWords; i++) begin
        if (i != 0 && (3'(i) & item_last) == '0) far = far + distance;
        if (dec.op == isa_pkg::OpVldxW) far = 64'(xs2_i[8*i+:8]) * 64'd8;
        if (dec.op == isa_pkg::OpVldxQ) far = 64'(xs2_i[16*(4*i/SimdWords)+:16]) * 64'(cfg_pkg::SimdBytes / 4);
        addr = first + far + {58'b0, 3'(i) & item_last, 3'b0};
        if (!in_sram(addr)) outside = 1'b1;
        needed[i]   = 1'b1;
        expected[i] = addr;
      end
    end else begin
      for (int unsigned i = 0; i < 8; i++) begin
        if (i < (32'd1 << size)) begin
          if (!in_sram(first + 64'(i))) outside = 1'b1;
          needed[(32'(first[2:0])+i)/8] = 1'b1;
        end
      end
      expected[0] = first;
      expected[1] = first + 64'd8;
    end
  end

  logic words_match;
  always_comb begin
    words_match = en == needed;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      if (en[i] && word[i] != expected[i][sram_pkg::ByteAddrW-1:3]) words_match = 1'b0;
    end
  end

  `TATAMI_ASSERT(Traps, trap.valid == (misaligned || outside))
  `TATAMI_ASSERT(Words, trap.valid || words_match)
  `TATAMI_ASSERT(First, base == first)
  `TATAMI_COVER(Alias,
                dec.op == isa_pkg::OpVstH && !trap.valid && xs1_i < 64'(cfg_pkg::SramBytes) && xs2_i > 64'h7fff_ffff)
endmodule : address_proof
