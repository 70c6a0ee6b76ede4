// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Addresses of a memory instruction: up to eight words, and the check that all of it is aligned and inside local SRAM.
/// Combinational.
///
/// Scalar accesses may lie across two words. Vector accesses need 8 B alignment of their base and stride. Misalignment is
/// reported before range; `trap_o.value` is the address of the first item in every case. A step with its B in memory
/// reads a register of bytes, or (mma.mc) words that lie two words apart. Items of a gather lie where the indices in xs2 say.
module address (
  input  logic                                                      valid_i,
  input  isa_pkg::decoded_t                                         dec_i,
  input  logic [63:0]                                               xs1_i,
  input  logic [63:0]                                               xs2_i,
  output logic [63:0]                                               base_o,
  output logic [1:0]                                                size_o,   // scalar: log2 of the bytes
  output logic [sram_pkg::Words-1:0]                                en_o,
  output logic [sram_pkg::Words-1:0][sram_pkg::WordAddrW-1:0]       word_o,
  output pipe_pkg::trap_t                                           trap_o
);
  localparam int unsigned Words = sram_pkg::Words;
  localparam int unsigned SimdWords = pipe_pkg::SimdWords;

  function automatic logic [1:0] log_bytes(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpLb, isa_pkg::OpLbu, isa_pkg::OpSb: return 2'd0;
      isa_pkg::OpLh, isa_pkg::OpLhu, isa_pkg::OpSh: return 2'd1;
      isa_pkg::OpLw, isa_pkg::OpLwu, isa_pkg::OpSw: return 2'd2;
      default: return 2'd3;
    endcase
  endfunction

  /// Item that word i of the register belongs to.
  function automatic logic [2:0] item_of(input isa_pkg::op_e op, input int unsigned i);
    unique case (op)
      isa_pkg::OpVldW, isa_pkg::OpVldxW, isa_pkg::OpMmaMc: return 3'(i);
      isa_pkg::OpVldQ, isa_pkg::OpVldxQ, isa_pkg::OpVstQ: return 3'(i / (SimdWords / 4));
      isa_pkg::OpVstH: return 3'(i / (SimdWords / 2));
      default: return 3'd0;
    endcase
  endfunction

  /// Position of word i in its item.
  function automatic logic [2:0] word_of(input isa_pkg::op_e op, input int unsigned i);
    unique case (op)
      isa_pkg::OpVldW, isa_pkg::OpVldxW, isa_pkg::OpMmaMc: return 3'd0;
      isa_pkg::OpVldQ, isa_pkg::OpVldxQ, isa_pkg::OpVstQ: return 3'(i % (SimdWords / 4));
      isa_pkg::OpVstH: return 3'(i % (SimdWords / 2));
      default: return 3'(i);
    endcase
  endfunction

  /// The word of this byte does not lie in the SRAM.
  function automatic logic outside_word(input logic [63:0] addr);
    logic [63:0] offset;
    offset = pipe_pkg::sram_offset(addr);
    return offset[63:32] != '0 || offset[31:3] >= 29'(cfg_pkg::SramBytes / sram_pkg::WordBytes);
  endfunction

  logic store, vec, strided, gather, misaligned, outside;
  logic [63:0] stride, origin, offset, last, item;
  // Distance of item i from the base: the sum of two, so that an address is one sum of few terms. 7 is 8 - 1, and a
  // difference has one more.
  logic [63:0] far [Words];
  logic [63:0] near [Words];
  logic [Words-1:0] more;
  isa_pkg::from_t from;

  assign from = isa_pkg::from_t'(dec_i.imm[6:0]);

  always_comb begin
    origin = (dec_i.unit == isa_pkg::UnitSimd) ? xs2_i : xs1_i;
    offset = dec_i.imm;
    if (dec_i.unit == isa_pkg::UnitSimd) offset = '0;
    if (dec_i.unit == isa_pkg::UnitMatrix) offset = 64'(from.line) * 64'(cfg_pkg::SimdBytes);
    if (dec_i.op == isa_pkg::OpMmaMc) begin
      offset = 64'(from.line[3:1]) * 64'(2 * cfg_pkg::SimdBytes) + {60'b0, from.line[0], 3'b0};
    end
    base_o     = origin + offset;
    size_o     = log_bytes(dec_i.op);
    last       = origin + offset + ((64'd1 << size_o) - 64'd1);
    store      = pipe_pkg::is_store(dec_i);
    vec        = pipe_pkg::is_vector(dec_i);
    strided    = pipe_pkg::is_strided(dec_i);
    gather     = pipe_pkg::is_gather(dec_i);
    stride     = (dec_i.op == isa_pkg::OpMmaMc) ? 64'd16 : xs2_i;
    misaligned = 1'b0;
    outside    = 1'b0;
    en_o       = '0;
    word_o     = '0;
    item       = '0;
    more       = '0;
    for (int unsigned i = 0; i < Words; i++) begin
      far[i]  = '0;
      near[i] = '0;
    end
    if (valid_i && vec) begin
      for (int unsigned i = 1; i < Words; i++) begin
        far[i]  = (i == 7) ? stride << 3 : (i >= 4) ? stride << 2 : (i >= 2) ? stride << 1 : '0;
        near[i] = (i == 7) ? ~stride : (i == 6) ? stride << 1 : (i % 2 == 1) ? stride : '0;
      end
      more[7] = !gather;
      if (gather) begin
        for (int unsigned i = 0; i < Words; i++) begin
          far[i]  = '0;
          near[i] = 64'({xs2_i[8*i+:8], 3'b0});
        end
      end
      if (dec_i.op == isa_pkg::OpVldxQ) begin
        for (int unsigned i = 0; i < 4; i++) near[i] = 64'(xs2_i[16*i+:16]) * 64'(cfg_pkg::SimdBytes / 4);
      end
      misaligned = base_o[2:0] != '0 || (strided && xs2_i[2:0] != '0);
      for (int unsigned i = 0; i < SimdWords; i++) begin
        item      = origin + offset + far[item_of(dec_i.op, i)] + near[item_of(dec_i.op, i)] +
                    64'({word_of(dec_i.op, i), 2'b0, more[item_of(dec_i.op, i)]});
        outside   = outside || outside_word(item);
        en_o[i]   = 1'b1;
        word_o[i] = item[sram_pkg::ByteAddrW-1:3];
      end
    end else if (valid_i) begin
      outside   = outside_word(base_o) || outside_word(last);
      en_o[0]   = 1'b1;
      en_o[1]   = {1'b0, base_o[2:0]} + (4'd1 << size_o) > 4'd8;
      word_o[0] = base_o[sram_pkg::ByteAddrW-1:3];
      word_o[1] = base_o[sram_pkg::ByteAddrW-1:3] + 1'b1;
    end
    trap_o.valid = misaligned || outside;
    trap_o.value = base_o;
    if (misaligned) trap_o.cause = store ? pipe_pkg::CauseStoreMisaligned : pipe_pkg::CauseLoadMisaligned;
    else trap_o.cause = store ? pipe_pkg::CauseStoreFault : pipe_pkg::CauseLoadFault;
  end
endmodule : address
