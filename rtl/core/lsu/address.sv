// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Addresses of a memory instruction: up to eight words. Combinational.
///
/// Scalar accesses may lie across two words. A step with its B in memory reads a register of bytes, or (mma.mc) words that lie
/// two words apart. Items of a gather lie where the indices in xs2 say. Whether all of it lies in the SRAM says address_check.
module address (
  input  logic                                                      valid_i,
  input  isa_pkg::decoded_t                                         dec_i,
  input  logic [63:0]                                               xs1_i,
  input  logic [63:0]                                               xs2_i,
  output logic [63:0]                                               base_o,
  output logic [1:0]                                                size_o,   // scalar: log2 of the bytes
  output logic [sram_pkg::Words-1:0]                                en_o,
  output logic [sram_pkg::Words-1:0][sram_pkg::WordAddrW-1:0]       word_o
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

  typedef logic [sram_pkg::ByteAddrW-1:0] byte_addr_t;

  logic gather;
  logic [63:0] origin;
  logic signed [11:0] offset;
  byte_addr_t start, stride, item;
  // Distance of item i from the base: the sum of two, so that an address is one sum of few terms. 7 is 8 - 1, and a
  // difference has one more.
  byte_addr_t far [Words];
  byte_addr_t near [Words];
  logic [Words-1:0] more;
  isa_pkg::from_t from;

  assign from = isa_pkg::from_t'(dec_i.imm[6:0]);

  always_comb begin
    origin = (dec_i.unit == isa_pkg::UnitSimd) ? xs2_i : xs1_i;
    offset = dec_i.imm[11:0];
    if (dec_i.unit == isa_pkg::UnitMatrix) offset = 12'(from.line) * 12'(cfg_pkg::SimdBytes);
    if (dec_i.op == isa_pkg::OpMmaMc) begin
      offset = 12'(from.line[3:1]) * 12'(2 * cfg_pkg::SimdBytes) + {8'b0, from.line[0], 3'b0};
    end
    base_o = origin + 64'(offset);
    size_o = log_bytes(dec_i.op);
    gather = pipe_pkg::is_gather(dec_i);
    start  = origin[sram_pkg::ByteAddrW-1:0];
    stride = (dec_i.op == isa_pkg::OpMmaMc) ? byte_addr_t'(16) : xs2_i[sram_pkg::ByteAddrW-1:0];
    en_o   = '0;
    word_o = '0;
    item   = '0;
    more   = '0;
    for (int unsigned i = 0; i < Words; i++) begin
      far[i]  = '0;
      near[i] = '0;
    end
    if (valid_i && pipe_pkg::is_vector(dec_i)) begin
      for (int unsigned i = 1; i < Words; i++) begin
        far[i]  = (i == 7) ? stride << 3 : (i >= 4) ? stride << 2 : (i >= 2) ? stride << 1 : '0;
        near[i] = (i == 7) ? ~stride : (i == 6) ? stride << 1 : (i % 2 == 1) ? stride : '0;
      end
      more[7] = !gather;
      if (gather) begin
        for (int unsigned i = 0; i < Words; i++) begin
          far[i]  = '0;
          near[i] = byte_addr_t'({xs2_i[8*i+:8], 3'b0});
        end
      end
      if (dec_i.op == isa_pkg::OpVldxQ) begin
        for (int unsigned i = 0; i < 4; i++)
        near[i] = byte_addr_t'(xs2_i[16*i+:16]) * byte_addr_t'(cfg_pkg::SimdBytes / 4);
      end
      for (int unsigned i = 0; i < SimdWords; i++) begin
        item      = start + byte_addr_t'(offset) + far[item_of(dec_i.op, i)] + near[item_of(dec_i.op, i)] +
                    byte_addr_t'({word_of(dec_i.op, i), 2'b0, more[item_of(dec_i.op, i)]});
        en_o[i]   = 1'b1;
        word_o[i] = sram_pkg::word_addr_t'(item >> 3);
      end
    end else if (valid_i) begin
      en_o[0]   = 1'b1;
      en_o[1]   = {1'b0, base_o[2:0]} + (4'd1 << size_o) > 4'd8;
      word_o[0] = base_o[sram_pkg::ByteAddrW-1:3];
      word_o[1] = base_o[sram_pkg::ByteAddrW-1:3] + 1'b1;
    end
  end
endmodule : address
