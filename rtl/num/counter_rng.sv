// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Counter-based random numbers for stochastic rounding (docs/numbers.md, "Random numbers"): 24 bits per lane, a function
/// of key, counter and lane alone.
///
/// Two lanes share a block: eight rounds of Speck with 64-bit blocks. Latency: 4 cycles, two rounds each. Stage s loads
/// when `en_i[s]` is high; the caller moves a valid bit along.
module counter_rng #(
  parameter int unsigned Lanes = 16
) (
  input  logic                   clk_i,
  input  logic [3:0]             en_i,
  input  logic [63:0]            key_i,
  input  logic [63:0]            counter_i,
  output logic [Lanes-1:0][23:0] random_o
);
  localparam int unsigned Stages = 4;
  localparam int unsigned Blocks = Lanes / 2;
  localparam int unsigned BlockIndexW = 5;
  localparam logic [31:0] KeyConstant = 32'hB7E1_5162;

  typedef logic [31:0] word_t;

  typedef struct packed {
    word_t k;       // round key
    word_t l;       // next two words of the key schedule
    word_t l_next;
  } schedule_t;

  typedef struct packed {
    word_t x;
    word_t y;
  } block_t;

  function automatic word_t ror8(input word_t value);
    return {value[7:0], value[31:8]};
  endfunction

  function automatic word_t rol3(input word_t value);
    return {value[28:0], value[31:29]};
  endfunction

  function automatic schedule_t advance(input schedule_t s, input logic [2:0] index);
    schedule_t next;
    next.l = s.l_next;
    next.l_next = (s.k + ror8(s.l)) ^ word_t'(index);
    next.k = rol3(s.k) ^ next.l_next;
    return next;
  endfunction

  function automatic block_t mixed(input block_t b, input word_t k);
    block_t next;
    next.x = (ror8(b.x) + b.y) ^ k;
    next.y = rol3(b.y) ^ next.x;
    return next;
  endfunction

  schedule_t schedule_q[Stages];
  block_t block_q[Stages][Blocks];

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    schedule_t schedule, middle;

    if (s == 0) begin : gen_first
      assign schedule = '{k: key_i[31:0], l: key_i[63:32], l_next: KeyConstant};
    end else begin : gen_next
      assign schedule = schedule_q[s-1];
    end

    always_comb begin
      middle = '0;
      if (en_i[s]) middle = advance(schedule, 3'(2 * s));
    end

    always_ff @(posedge clk_i) begin
      if (en_i[s]) schedule_q[s] <= advance(middle, 3'(2 * s + 1));
    end

    for (genvar b = 0; b < Blocks; b++) begin : gen_block
      block_t block;

      if (s == 0) begin : gen_first
        assign block = {counter_i[63-BlockIndexW:0], BlockIndexW'(b)};
      end else begin : gen_next
        assign block = block_q[s-1][b];
      end

      always_ff @(posedge clk_i) begin
        if (en_i[s]) block_q[s][b] <= mixed(mixed(block, schedule.k), middle.k);
      end
    end
  end

  for (genvar b = 0; b < Blocks; b++) begin : gen_output
    assign random_o[2*b]   = block_q[Stages-1][b].x[31:8];
    assign random_o[2*b+1] = block_q[Stages-1][b].y[31:8];
  end

  logic unused;
  always_comb begin
    unused = ^{counter_i[63:64-BlockIndexW], schedule_q[Stages-1]};
    for (int unsigned b = 0; b < Blocks; b++) unused ^= ^{block_q[Stages-1][b].x[7:0], block_q[Stages-1][b].y[7:0]};
  end
endmodule : counter_rng
