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

  logic store, vec, strided, misaligned, outside;
  logic [63:0] stride;
  logic [63:0] multiple [Words];  // distance of item i from the base
  logic [63:0] item;
  isa_pkg::from_t from;

  assign from = isa_pkg::from_t'(dec_i.imm[6:0]);

  always_comb begin
    base_o = xs1_i + dec_i.imm;
    if (dec_i.unit == isa_pkg::UnitSimd) base_o = xs2_i;
    if (dec_i.unit == isa_pkg::UnitMatrix) base_o = xs1_i + 64'(from.line) * 64'(cfg_pkg::SimdBytes);
    if (dec_i.op == isa_pkg::OpMmaMc) begin
      base_o = xs1_i + 64'(from.line[3:1]) * 64'(2 * cfg_pkg::SimdBytes) + {60'b0, from.line[0], 3'b0};
    end
    size_o     = log_bytes(dec_i.op);
    store      = pipe_pkg::is_store(dec_i);
    vec        = pipe_pkg::is_vector(dec_i);
    strided    = dec_i.op inside {isa_pkg::OpVldW, isa_pkg::OpVldQ, isa_pkg::OpVstQ, isa_pkg::OpVstH};
    stride     = (dec_i.op == isa_pkg::OpMmaMc) ? 64'd16 : xs2_i;
    misaligned = 1'b0;
    outside    = 1'b0;
    en_o       = '0;
    word_o     = '0;
    item       = '0;
    for (int unsigned i = 0; i < Words; i++) multiple[i] = '0;
    if (valid_i && vec) begin
      for (int unsigned i = 1; i < Words; i++) begin  // no more than two sums in a row
        multiple[i] = (i % 2 == 0) ? multiple[i/2] << 1 : multiple[i-1] + stride;
      end
      if (dec_i.op == isa_pkg::OpVldxW) begin
        for (int unsigned i = 0; i < Words; i++) multiple[i] = 64'({xs2_i[8*i+:8], 3'b0});
      end
      if (dec_i.op == isa_pkg::OpVldxQ) begin
        for (int unsigned i = 0; i < 4; i++) multiple[i] = 64'(xs2_i[16*i+:16]) * 64'(cfg_pkg::SimdBytes / 4);
      end
      misaligned = base_o[2:0] != '0 || (strided && xs2_i[2:0] != '0);
      for (int unsigned i = 0; i < SimdWords; i++) begin
        item      = base_o + multiple[item_of(dec_i.op, i)] + 64'({word_of(dec_i.op, i), 3'b0});
        outside   = outside || !pipe_pkg::in_sram(item, 32'd8);
        en_o[i]   = 1'b1;
        word_o[i] = item[sram_pkg::ByteAddrW-1:3];
      end
    end else if (valid_i) begin
      outside   = !pipe_pkg::in_sram(base_o, 32'd1 << size_o);
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
