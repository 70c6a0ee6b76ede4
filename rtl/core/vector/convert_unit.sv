// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The conversion unit: vcvt.w and vcvt.n, between FP32 lanes and the lanes of any format.
///
/// One operation per cycle, in order, never stalling: an operation that enters in cycle t answers in t+6, as in the SIMD
/// unit, so that both can share a write port. `a_i` is vs1, `c_i` the old vd (for vcvt.n, which replaces one group of
/// lanes). The descriptor must be legal. `flags_o` are the status flags of all lanes together.
module convert_unit (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          valid_i,
  input  logic                          narrow_i,      // vcvt.n
  input  fmt_pkg::descriptor_t          descriptor_i,
  input  logic [1:0]                    group_i,
  input  logic [63:0]                   key_i,         // of the random numbers
  input  logic [63:0]                   counter_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] c_i,
  input  logic [6:0]                    tag_i,
  output logic                          valid_o,
  output logic [6:0]                    tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] data_o,
  output flag_pkg::flags_t              flags_o,
  output logic                          busy_o
);
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Lanes = Width / 32;
  localparam int unsigned Stages = 6;

  typedef logic [Lanes-1:0][31:0] words_t;

  typedef struct packed {
    logic narrow;
    logic stochastic;
    fmt_pkg::descriptor_t descriptor;
    logic [1:0] group;
    logic [6:0] tag;
  } op_t;

  logic [Stages:1] valid_q;
  op_t [Stages:1] op_q;
  op_t op;

  assign op = '{
          narrow: narrow_i,
          stochastic: narrow_i && descriptor_i.stochastic,
          descriptor: descriptor_i,
          group: group_i,
          tag: tag_i
      };

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[Stages-1:1], valid_i} : '0;
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) op_q[1] <= op;
    for (int unsigned s = 2; s <= Stages; s++) begin
      if (valid_q[s-1]) op_q[s] <= op_q[s-1];
    end
  end

  /// The group's lanes of a register, one in the low bits of each word.
  function automatic words_t spread(input logic [5:0] bits, input logic [1:0] group, input logic [Width-1:0] r);
    words_t words;
    logic [Width/2-1:0] half;
    logic [Width/4-1:0] quarter;
    half = group[0] ? r[Width-1:Width/2] : r[Width/2-1:0];
    quarter = r[32'(group)*(Width/4)+:Width/4];
    words = r;
    for (int unsigned i = 0; i < Lanes; i++) begin
      if (bits == 6'd16) words[i] = 32'(half[16*i+:16]);
      if (bits == 6'd8) words[i] = 32'(quarter[8*i+:8]);
    end
    return words;
  endfunction

  /// A register with the group's lanes replaced.
  function automatic logic [Width-1:0] replaced(input logic [5:0] bits, input logic [1:0] group,
                                                input logic [Width-1:0] old, input words_t words);
    logic [Width-1:0] r;
    r = old;
    for (int unsigned i = 0; i < Lanes; i++) begin
      if (bits == 6'd16) r[(32'(group[0])*Lanes+i)*16+:16] = words[i][15:0];
      else if (bits == 6'd8) r[(32'(group)*Lanes+i)*8+:8] = words[i][7:0];
      else r[32*i+:32] = words[i];
    end
    return r;
  endfunction

  // Operands, the old register of a narrowing, then results.
  words_t operand_q;
  logic [3:1][Width-1:0] old_q;
  words_t [Stages:4] result_q;
  flag_pkg::flags_t [Lanes-1:0] wide_flags, narrow_flags;
  flag_pkg::flags_t [Stages:4] flags_q;
  words_t wide, code;

  function automatic flag_pkg::flags_t any(input flag_pkg::flags_t [Lanes-1:0] lanes);
    flag_pkg::flags_t flags;
    flags = '0;
    for (int unsigned i = 0; i < Lanes; i++) flags = flags | lanes[i];
    return flags;
  endfunction

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      operand_q <= narrow_i ? a_i : spread(fmt_pkg::bits(descriptor_i.kind), group_i, a_i);
      if (narrow_i) old_q[1] <= c_i;
    end
    for (int unsigned s = 2; s <= 3; s++) begin
      if (valid_q[s-1] && op_q[s-1].narrow) old_q[s] <= old_q[s-1];
    end
    if (valid_q[3]) begin
      result_q[4] <= op_q[3].narrow ? old_q[3] : wide;
      flags_q[4]  <= any(wide_flags);
    end
    for (int unsigned s = 5; s <= Stages; s++) begin
      if (valid_q[s-1]) begin
        result_q[s] <= result_q[s-1];
        flags_q[s]  <= flags_q[s-1];
      end
    end
  end

  // The random numbers come when the neighbours of each lane are known.
  logic [Lanes-1:0][23:0] random;
  logic [63:0] key_q, counter_q;
  logic [5:1] narrows;
  logic [4:1] draws;

  for (genvar s = 1; s <= 5; s++) begin : gen_narrows
    assign narrows[s] = valid_q[s] && op_q[s].narrow;
  end
  for (genvar s = 1; s <= 4; s++) begin : gen_draws
    assign draws[s] = valid_q[s] && op_q[s].stochastic;
  end

  always_ff @(posedge clk_i) begin
    if (valid_i && op.stochastic) begin
      key_q <= key_i;
      counter_q <= counter_i;
    end
  end

  counter_rng #(
    .Lanes(Lanes)
  ) u_rng (
    .clk_i,
    .en_i     (draws),
    .key_i    (key_q),
    .counter_i(counter_q),
    .random_o (random)
  );

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    widen u_widen (
      .clk_i,
      .en_i        ({valid_q[2] && !op_q[2].narrow, valid_q[1] && !op_q[1].narrow}),
      .descriptor_i(op_q[1].descriptor),
      .code_i      (operand_q[i]),
      .fp32_o      (wide[i]),
      .flags_o     (wide_flags[i])
    );

    narrow u_narrow (
      .clk_i,
      .en_i        (narrows),
      .descriptor_i(op_q[1].descriptor),
      .fp32_i      (operand_q[i]),
      .random_i    (random[i]),
      .code_o      (code[i]),
      .flags_o     (narrow_flags[i])
    );
  end

  always_comb begin
    data_o  = '0;
    flags_o = '0;
    if (valid_q[Stages]) begin
      data_o  = result_q[Stages];
      flags_o = flags_q[Stages];
      if (op_q[Stages].narrow) begin
        data_o  = replaced(fmt_pkg::bits(op_q[Stages].descriptor.kind), op_q[Stages].group, result_q[Stages], code);
        flags_o = any(narrow_flags);
      end
    end
  end

  assign valid_o = valid_q[Stages];
  assign tag_o   = op_q[Stages].tag;
  assign busy_o  = valid_q != '0;
endmodule : convert_unit
