// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Moves between the lanes of registers (docs/numbers.md, "SIMD operations").
package shuffle_pkg;
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Bytes = Width / 8;
  localparam int unsigned ByteIdW = $clog2(Bytes);
  localparam int unsigned WordIdW = $clog2(Width / 32);

  typedef logic [Width-1:0] register_t;

  /// How an instruction's first two operands are read from vs1 and vs2.
  typedef enum logic [1:0] {
    ReadWhole,
    ReadWord,   // one word of vs1 in all lanes
    ReadPairs   // the even words of both registers, and the odd ones
  } read_e;

  function automatic read_e read_of(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpVbcastW, isa_pkg::OpVfmaLaneFp32:                              return ReadWord;
      isa_pkg::OpVaddpFp32, isa_pkg::OpVminpFp32, isa_pkg::OpVmaxpFp32,
      isa_pkg::OpVaddpI32, isa_pkg::OpVcvtBf16Fp32:                             return ReadPairs;
      default:                                                                  return ReadWhole;
    endcase
  endfunction

  /// What the short path's first operand becomes.
  typedef enum logic [3:0] {
    MoveNone,
    MoveSplatW,   // xs1
    MoveSplatH,
    MoveWidenLo,  // BF16 lanes of vs1 as FP32
    MoveWidenHi,
    MoveSelect,   // vs1 or vs2 by the bits of vd
    MoveShuffle,  // bytes of vs1 by the numbers in vs2
    MoveZip,
    MoveUnzip
  } move_e;

  /// `size`: lanes of 2^size bytes. `upper`: upper halves, or odd lanes.
  typedef struct packed {
    move_e kind;
    logic [1:0] size;
    logic upper;
  } move_t;

  function automatic move_t move(input move_e kind, input logic [1:0] size, input logic upper);
    return '{kind: kind, size: size, upper: upper};
  endfunction

  function automatic move_t move_of(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpVsplatW:        return move(MoveSplatW, 2'd0, 1'b0);
      isa_pkg::OpVsplatH:        return move(MoveSplatH, 2'd0, 1'b0);
      isa_pkg::OpVcvtFp32Bf16Lo: return move(MoveWidenLo, 2'd0, 1'b0);
      isa_pkg::OpVcvtFp32Bf16Hi: return move(MoveWidenHi, 2'd0, 1'b0);
      isa_pkg::OpVsel:           return move(MoveSelect, 2'd0, 1'b0);
      isa_pkg::OpVshufB:         return move(MoveShuffle, 2'd0, 1'b0);
      isa_pkg::OpVzipBLo:        return move(MoveZip, 2'd0, 1'b0);
      isa_pkg::OpVzipBHi:        return move(MoveZip, 2'd0, 1'b1);
      isa_pkg::OpVzipHLo:        return move(MoveZip, 2'd1, 1'b0);
      isa_pkg::OpVzipHHi:        return move(MoveZip, 2'd1, 1'b1);
      isa_pkg::OpVzipWLo:        return move(MoveZip, 2'd2, 1'b0);
      isa_pkg::OpVzipWHi:        return move(MoveZip, 2'd2, 1'b1);
      isa_pkg::OpVzipDLo:        return move(MoveZip, 2'd3, 1'b0);
      isa_pkg::OpVzipDHi:        return move(MoveZip, 2'd3, 1'b1);
      isa_pkg::OpVunzipBEven:    return move(MoveUnzip, 2'd0, 1'b0);
      isa_pkg::OpVunzipBOdd:     return move(MoveUnzip, 2'd0, 1'b1);
      isa_pkg::OpVunzipHEven:    return move(MoveUnzip, 2'd1, 1'b0);
      isa_pkg::OpVunzipHOdd:     return move(MoveUnzip, 2'd1, 1'b1);
      isa_pkg::OpVunzipWEven:    return move(MoveUnzip, 2'd2, 1'b0);
      isa_pkg::OpVunzipWOdd:     return move(MoveUnzip, 2'd2, 1'b1);
      isa_pkg::OpVunzipDEven:    return move(MoveUnzip, 2'd3, 1'b0);
      isa_pkg::OpVunzipDOdd:     return move(MoveUnzip, 2'd3, 1'b1);
      default:                   return move(MoveNone, 2'd0, 1'b0);
    endcase
  endfunction

  /// The first operand out of vs1 and vs2.
  function automatic register_t first(input read_e read, input logic [WordIdW-1:0] word, input register_t a,
                                      input register_t b);
    unique case (read)
      ReadWord:  return {(Width / 32) {a[32*32'(word)+:32]}};
      ReadPairs: return unzip(2'd2, 1'b0, {b, a});
      default:   return a;
    endcase
  endfunction

  /// The second one.
  function automatic register_t second(input read_e read, input register_t a, input register_t b);
    return (read == ReadPairs) ? unzip(2'd2, 1'b1, {b, a}) : b;
  endfunction

  /// The lower (or upper) halves of a and b, lane by lane in turn.
  function automatic register_t zip(input logic [1:0] size, input logic upper, input register_t a, input register_t b);
    logic [Width/2-1:0] x, y;
    register_t r;
    x = upper ? a[Width-1:Width/2] : a[Width/2-1:0];
    y = upper ? b[Width-1:Width/2] : b[Width/2-1:0];
    unique case (size)
      2'd0:    for (int unsigned i = 0; i < Width / 16; i++) r[16*i+:16] = {y[8*i+:8], x[8*i+:8]};
      2'd1:    for (int unsigned i = 0; i < Width / 32; i++) r[32*i+:32] = {y[16*i+:16], x[16*i+:16]};
      2'd2:    for (int unsigned i = 0; i < Width / 64; i++) r[64*i+:64] = {y[32*i+:32], x[32*i+:32]};
      default: for (int unsigned i = 0; i < Width / 128; i++) r[128*i+:128] = {y[64*i+:64], x[64*i+:64]};
    endcase
    return r;
  endfunction

  /// The even (or odd) lanes of two registers, the first of which is the lower half of `both`.
  function automatic register_t unzip(input logic [1:0] size, input logic odd, input logic [2*Width-1:0] both);
    logic [2*Width-1:0] x;
    register_t r;
    x = both;
    unique case (size)
      2'd0: begin
        if (odd) x = x >> 8;
        for (int unsigned i = 0; i < Width / 8; i++) r[8*i+:8] = x[16*i+:8];
      end
      2'd1: begin
        if (odd) x = x >> 16;
        for (int unsigned i = 0; i < Width / 16; i++) r[16*i+:16] = x[32*i+:16];
      end
      2'd2: begin
        if (odd) x = x >> 32;
        for (int unsigned i = 0; i < Width / 32; i++) r[32*i+:32] = x[64*i+:32];
      end
      default: begin
        if (odd) x = x >> 64;
        for (int unsigned i = 0; i < Width / 64; i++) r[64*i+:64] = x[128*i+:64];
      end
    endcase
    return r;
  endfunction

  /// Byte i is byte number index[i], modulo the number of bytes, of `a`.
  function automatic register_t shuffle(input register_t a, input register_t index);
    register_t r;
    for (int unsigned i = 0; i < Bytes; i++) r[8*i+:8] = a[8*32'(index[8*i+:ByteIdW])+:8];
    return r;
  endfunction

  /// Every word of a register's BF16 half as FP32.
  function automatic register_t widen(input logic [Width/2-1:0] half);
    register_t r;
    for (int unsigned i = 0; i < Width / 32; i++) r[i*32+:32] = {half[i*16+:16], 16'b0};
    return r;
  endfunction
endpackage
