// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The SIMD unit: every instruction of unit SIMD on registers of cfg_pkg::SimdWidth bits.
///
/// One operation per cycle, in order, never stalling: an operation that enters in cycle t answers in t+6. `a_i` is vs1,
/// `b_i` vs2, `c_i` the old vd (for vfma), `x_i` xs1, `lane_i` the lane of vbcast.w.
module simd_unit (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          valid_i,
  input  isa_pkg::op_e                  op_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] b_i,
  input  logic [cfg_pkg::SimdWidth-1:0] c_i,
  input  logic [63:0]                   x_i,
  input  logic [4:0]                    lane_i,
  input  logic [6:0]                    tag_i,
  output logic                          valid_o,
  output logic [6:0]                    tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] data_o,
  output logic                          busy_o
);
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Words = Width / 32;
  localparam int unsigned WordIdW = $clog2(Words);
  localparam int unsigned Stages = 6;

  `TATAMI_ASSERT_STATIC(SimdWords, Words >= 2 && Words <= 32 && (Words & (Words - 1)) == 0,
                        "simd_bytes must be 8, 16, 32, 64 or 128")

  logic [Stages:1] valid_q;
  logic [Stages:1] fma_q;
  simd_pkg::lane_op_t [Stages-1:1] op_q;
  logic [Stages:1][6:0] tag_q;
  simd_pkg::lane_op_t op;

  logic unused;
  assign unused = ^{x_i[63:32], lane_i, fma_q[Stages]};

  // A function of the instruction alone, seven bits.
  assign op = simd_pkg::lane_op(op_i);

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[Stages-1:1], valid_i} : '0;
  end

  always_ff @(posedge clk_i) begin
    fma_q <= {fma_q[Stages-1:1], op.fma};
    if (valid_i) begin
      op_q[1] <= op;
      tag_q[1] <= tag_i;
    end
    for (int unsigned s = 2; s <= Stages; s++) begin
      if (valid_q[s-1]) begin
        tag_q[s] <= tag_q[s-1];
        if (s < Stages) op_q[s] <= op_q[s-1];
      end
    end
  end

  // Stage 0 of the short path: data moves between lanes here and nowhere else.
  logic [Words-1:0][31:0] shuffled_x_q, shuffled_y_q;

  function automatic logic [Width-1:0] splat(input logic [31:0] word);
    return {Words{word}};
  endfunction

  /// Every word of a register's BF16 half as FP32.
  function automatic logic [Width-1:0] widen(input logic [Width/2-1:0] half);
    logic [Width-1:0] words;
    for (int unsigned i = 0; i < Words; i++) words[i*32+:32] = {half[i*16+:16], 16'b0};
    return words;
  endfunction

  /// The even (or odd) words of vs1, then those of vs2.
  function automatic logic [Width-1:0] alternate(input logic odd, input logic [Width-1:0] a, input logic [Width-1:0] b);
    logic [Width-1:0] words;
    for (int unsigned i = 0; i < Words / 2; i++) begin
      words[i*32+:32] = odd ? a[(2*i+1)*32+:32] : a[2*i*32+:32];
      words[(Words/2+i)*32+:32] = odd ? b[(2*i+1)*32+:32] : b[2*i*32+:32];
    end
    return words;
  endfunction

  always_ff @(posedge clk_i) begin
    if (valid_i && !op.fma) begin
      unique case (op_i)
        isa_pkg::OpVsplatW:        shuffled_x_q <= splat(x_i[31:0]);
        isa_pkg::OpVsplatH:        shuffled_x_q <= splat({2{x_i[15:0]}});
        isa_pkg::OpVbcastW:        shuffled_x_q <= splat(a_i[32*32'(lane_i[WordIdW-1:0])+:32]);
        isa_pkg::OpVcvtBf16Fp32:   shuffled_x_q <= alternate(1'b0, a_i, b_i);
        isa_pkg::OpVcvtFp32Bf16Lo: shuffled_x_q <= widen(a_i[Width/2-1:0]);
        isa_pkg::OpVcvtFp32Bf16Hi: shuffled_x_q <= widen(a_i[Width-1:Width/2]);
        default:                   shuffled_x_q <= a_i;
      endcase
      shuffled_y_q <= (op_i == isa_pkg::OpVcvtBf16Fp32) ? alternate(1'b1, a_i, b_i) : b_i;
    end
  end

  // Stage enables of the two paths.
  logic [4:0] wide_en, narrow_en;
  logic [4:1] alu_en;

  assign wide_en = {valid_q[4:1] & fma_q[4:1], valid_i && op.fma};
  assign narrow_en[0] = valid_i && op.fma && op.narrow;
  for (genvar s = 1; s <= 4; s++) begin : gen_narrow_en
    assign narrow_en[s] = valid_q[s] && op_q[s].fma && op_q[s].narrow;
  end
  assign alu_en = valid_q[4:1] & ~fma_q[4:1];

  for (genvar i = 0; i < Words; i++) begin : gen_lane
    simd_lane u_lane (
      .clk_i,
      .wide_en_i  (wide_en),
      .narrow_en_i(narrow_en),
      .alu_en_i   (alu_en),
      .out_en_i   (valid_q[5]),
      .fma_op0_i  (op.fma_op),
      .narrow0_i  (op.narrow),
      .alu_op1_i  (op_q[1].alu_op),
      .fma5_i     (op_q[5].fma),
      .narrow5_i  (op_q[5].narrow),
      .a_i        (a_i[32*i+:32]),
      .b_i        (b_i[32*i+:32]),
      .c_i        (c_i[32*i+:32]),
      .x_i        (shuffled_x_q[i]),
      .y_i        (shuffled_y_q[i]),
      .result_o   (data_o[32*i+:32])
    );
  end

  assign valid_o = valid_q[Stages];
  assign tag_o = tag_q[Stages];
  assign busy_o = valid_q != '0;
endmodule : simd_unit
