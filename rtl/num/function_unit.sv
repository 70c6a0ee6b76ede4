// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The FP32 functions on registers of Words lanes, with Lanes function lanes that take turns over a register.
///
/// With P = Words / Lanes parts: an operation is taken when `valid_i` and `ready_o` are high, which can be every P
/// cycles; one taken in cycle t answers in t + 8 + P, in order. `flags_o` are the flags of all lanes together. The
/// answer is never held back: whoever takes it must be ready. `due_o` announces it seven cycles ahead, and `free_o` says
/// that `ready_o` will be high in the next cycle.
module function_unit #(
  /// 32-bit lanes of a register.
  parameter int unsigned Words = cfg_pkg::SimdWidth / 32,
  /// Function lanes; divides Words.
  parameter int unsigned Lanes = (Words + 3) / 4
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  input  logic                   valid_i,
  output logic                   ready_o,
  output logic                   free_o,
  output logic                   due_o,
  input  function_pkg::fn_e      fn_i,
  input  logic [Words-1:0][31:0] x_i,
  input  logic [6:0]             tag_i,
  output logic                   valid_o,
  output logic [6:0]             tag_o,
  output logic [Words-1:0][31:0] data_o,
  output flag_pkg::flags_t       flags_o,
  output logic                   busy_o
);
  localparam int unsigned Parts = Words / Lanes;
  localparam int unsigned CountW = $clog2(Parts + 2);
  localparam int unsigned Stages = 7;

  `TATAMI_ASSERT_STATIC(LanesDivideWords, Lanes > 0 && Words % Lanes == 0, "Lanes must divide Words")

  // The operand, the lowest part of which goes next; `left_q` parts are left.
  logic [CountW-1:0] left_q;
  logic [Parts-1:0][Lanes-1:0][31:0] operand_q;
  function_pkg::fn_e fn_q;
  logic [6:0] tag_q;
  logic take;

  assign ready_o = left_q <= CountW'(1);
  assign free_o = !valid_i && left_q <= CountW'(2);
  assign take = valid_i && ready_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) left_q <= '0;
    else if (take) left_q <= CountW'(Parts);
    else if (left_q != '0) left_q <= left_q - CountW'(1);
  end

  always_ff @(posedge clk_i) begin
    if (take) begin
      operand_q <= x_i;
      fn_q <= fn_i;
      tag_q <= tag_i;
    end else if (left_q != '0) begin
      operand_q <= operand_q >> (Lanes * 32);
    end
  end

  // What is in the lanes, by stage.
  logic [Stages:0] valid, first, last;
  logic [Stages:0][6:0] tag;

  logic [Stages:1] valid_q, first_q, last_q;
  logic [Stages:1][6:0] stage_tag_q;

  assign valid = {valid_q, left_q != '0};
  assign first = {first_q, left_q == CountW'(Parts)};
  assign last = {last_q, left_q == CountW'(1)};
  assign tag = {stage_tag_q, tag_q};

  assign due_o = valid[1] && last[1];

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? valid[Stages-1:0] : '0;
  end

  always_ff @(posedge clk_i) begin
    for (int unsigned s = 1; s <= Stages; s++) begin
      if (valid[s-1]) begin
        first_q[s] <= first[s-1];
        last_q[s] <= last[s-1];
        stage_tag_q[s] <= tag[s-1];
      end
    end
  end

  logic [Lanes-1:0][31:0] result;
  flag_pkg::flags_t [Lanes-1:0] lane_flags;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    function_lane u_lane (
      .clk_i,
      .en_i    (valid[Stages-1:0]),
      .fn_i    (fn_q),
      .x_i     (operand_q[0][i]),
      .result_o(result[i]),
      .flags_o (lane_flags[i])
    );
  end

  // The result, which fills from above.
  logic [Parts-1:0][Lanes-1:0][31:0] data_q;
  flag_pkg::flags_t flags_q;
  logic [6:0] result_tag_q;
  logic result_valid_q;

  function automatic flag_pkg::flags_t any(input flag_pkg::flags_t [Lanes-1:0] flags);
    flag_pkg::flags_t result_flags;
    result_flags = '0;
    for (int unsigned i = 0; i < Lanes; i++) result_flags = result_flags | flags[i];
    return result_flags;
  endfunction

  always_ff @(posedge clk_i) begin
    result_valid_q <= rst_ni && valid[Stages] && last[Stages];
  end

  always_ff @(posedge clk_i) begin
    if (valid[Stages]) begin
      data_q <= (Words * 32)'({result, data_q} >> (Lanes * 32));
      flags_q <= (first[Stages] ? '0 : flags_q) | any(lane_flags);
      result_tag_q <= tag[Stages];
    end
  end

  assign valid_o = result_valid_q;
  assign tag_o = result_tag_q;
  assign data_o = data_q;
  assign flags_o = flags_q;
  assign busy_o = valid != '0 || result_valid_q;
endmodule : function_unit
