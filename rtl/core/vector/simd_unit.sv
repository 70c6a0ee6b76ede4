// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The SIMD unit: every instruction of unit SIMD on registers of cfg_pkg::SimdWidth bits.
///
/// One operation per cycle, in order, never stalling: an operation that enters in cycle t answers in t+6. `a_i` and `b_i`
/// are vs1 and vs2 as `shuffle_pkg::first` and `second` read them, `c_i` the old vd (for vfma and vsel), `x_i` xs1. `flags_o`
/// are the status flags of all lanes together. The instruction comes decoded: stage 0 makes factors of the operands and
/// has no time for that.
module simd_unit (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          valid_i,
  input  simd_pkg::unit_op_t            op_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] b_i,
  input  logic [cfg_pkg::SimdWidth-1:0] c_i,
  input  logic [63:0]                   x_i,
  input  logic [6:0]                    tag_i,
  output logic                          valid_o,
  output logic [6:0]                    tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] data_o,
  output flag_pkg::flags_t              flags_o,
  output logic                          busy_o
);
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Words = Width / 32;
  localparam int unsigned Stages = 6;

  `TATAMI_ASSERT_STATIC(SimdWords, Words >= 4 && Words <= 32 && (Words & (Words - 1)) == 0,
                        "simd_bytes must be 16, 32, 64 or 128")

  logic [Stages:1] valid_q;
  logic [Stages:1] fma_q;
  simd_pkg::lane_op_t [Stages-1:1] op_q;
  logic [Stages:1][6:0] tag_q;
  simd_pkg::lane_op_t op;

  logic unused;
  assign unused = ^{x_i[63:32], fma_q[Stages]};

  assign op = op_i.lane;

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

  // Stage 0: data moves between lanes here and on the way from the registers.
  logic [Words-1:0][31:0] shuffled_x_q, shuffled_y_q;
  shuffle_pkg::move_t move;

  assign move = op_i.move;

  function automatic logic [Width-1:0] splat(input logic [31:0] word);
    return {Words{word}};
  endfunction

  always_ff @(posedge clk_i) begin
    if (valid_i && !op.fma) begin
      unique case (move.kind)
        shuffle_pkg::MoveSplatW:  shuffled_x_q <= splat(x_i[31:0]);
        shuffle_pkg::MoveSplatH:  shuffled_x_q <= splat({2{x_i[15:0]}});
        shuffle_pkg::MoveWidenLo: shuffled_x_q <= shuffle_pkg::widen(a_i[Width/2-1:0]);
        shuffle_pkg::MoveWidenHi: shuffled_x_q <= shuffle_pkg::widen(a_i[Width-1:Width/2]);
        shuffle_pkg::MoveSelect:  shuffled_x_q <= (a_i & c_i) | (b_i & ~c_i);
        shuffle_pkg::MoveShuffle: shuffled_x_q <= shuffle_pkg::shuffle(a_i, b_i);
        shuffle_pkg::MoveZip:     shuffled_x_q <= shuffle_pkg::zip(move.size, move.upper, a_i, b_i);
        shuffle_pkg::MoveUnzip:   shuffled_x_q <= shuffle_pkg::unzip(move.size, move.upper, {b_i, a_i});
        default:                  shuffled_x_q <= a_i;
      endcase
      shuffled_y_q <= b_i;
    end
  end

  // Stage enables of the two paths.
  logic [4:0] wide_en, narrow_en;
  logic [4:1] alu_en;

  assign wide_en[0] = valid_i && (op.fma || op.integer_product);
  assign wide_en[1] = valid_q[1] && (fma_q[1] || op_q[1].integer_product);
  assign wide_en[4:2] = valid_q[4:2] & fma_q[4:2];
  assign narrow_en[0] = valid_i && op.fma && op.narrow;
  for (genvar s = 1; s <= 4; s++) begin : gen_narrow_en
    assign narrow_en[s] = valid_q[s] && op_q[s].fma && op_q[s].narrow;
  end
  assign alu_en = valid_q[4:1] & ~fma_q[4:1];

  flag_pkg::flags_t [Words-1:0] lane_flags;

  for (genvar i = 0; i < Words; i++) begin : gen_lane
    simd_lane u_lane (
      .clk_i,
      .wide_en_i  (wide_en),
      .narrow_en_i(narrow_en),
      .alu_en_i   (alu_en),
      .out_en_i   (valid_q[5]),
      .fma_op0_i  (op.fma_op),
      .narrow0_i  (op.narrow),
      .product0_i (op.integer_product),
      .alu_op1_i  (op_q[1].alu_op),
      .product2_i (op_q[2].integer_product),
      .fma5_i     (op_q[5].fma),
      .narrow5_i  (op_q[5].narrow),
      .a_i        (a_i[32*i+:32]),
      .b_i        (b_i[32*i+:32]),
      .c_i        (c_i[32*i+:32]),
      .x_i        (shuffled_x_q[i]),
      .y_i        (shuffled_y_q[i]),
      .result_o   (data_o[32*i+:32]),
      .flags_o    (lane_flags[i])
    );
  end

  function automatic flag_pkg::flags_t any(input flag_pkg::flags_t [Words-1:0] lanes);
    flag_pkg::flags_t flags;
    flags = '0;
    for (int unsigned i = 0; i < Words; i++) flags = flags | lanes[i];
    return flags;
  endfunction

  assign valid_o = valid_q[Stages];
  assign tag_o = tag_q[Stages];
  assign flags_o = any(lane_flags);
  assign busy_o = valid_q != '0;
endmodule : simd_unit
