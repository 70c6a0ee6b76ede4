// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The matrix unit: C = A * B + C on a tile of MatrixRows x MatrixCols accumulators, four products deep, one step and one
/// read-out per cycle, never stalling. Operands are of any formats that `dot_pkg::multiplies` allows.
///
/// A step that enters in cycle t announces its end with `done_valid_o` in cycle t+5; from t+6 on its accumulator may be
/// read out or used by another step. The caller keeps to that: nothing is forwarded or held back here. A read-out that
/// enters in cycle t answers in t+3.
///
/// Tiles in 16-bit lanes: A is rows x 4, element (i,k) in lane 4i+k, or k*rows+i with `ta`; B is 4 x cols, element
/// (k,j) in lane k*cols+j, or 4j+k with `tb`. A register of 8-bit lanes holds tiles of twice the depth, of which a step takes
/// k from 4 on with `ha`, `hb`: A (i,k) in lane 8i+k, or k*rows+i; B (k,j) in lane k*cols+j, or 8j+k. A part is as many row-major
/// elements as the register has lanes of the part's format (a written part: 32-bit lanes), and its number counts modulo the
/// number of parts; when the tile has fewer elements, they are the lower lanes, with zeros above.
///
/// Writing a part is a step of integers on the accumulator with that part replaced: all products are zero, and the sum
/// is the accumulator, bit for bit.
module matrix_unit (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  // Steps.
  input  logic                          valid_i,
  input  matrix_pkg::step_t             step_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] b_i,
  output logic                          done_valid_o,
  output matrix_pkg::target_t           done_o,
  // Read-out.
  input  logic                          read_valid_i,
  input  matrix_pkg::read_t             read_i,
  output logic                          read_valid_o,
  output logic [6:0]                    read_tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] read_data_o,
  output logic                          busy_o
);
  localparam int unsigned Rows = cfg_pkg::MatrixRows;
  localparam int unsigned Cols = cfg_pkg::MatrixCols;
  localparam int unsigned Depth = dot_pkg::Terms;
  localparam int unsigned TileW = Rows * Cols * num_pkg::Fp32Width;
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Parts = TileW / Width;
  localparam int unsigned PartIdW = (Parts > 1) ? $clog2(Parts) : 1;
  // The accumulator file reads what a register of BF16 needs: two parts of FP32, or one when a tile has no more.
  localparam int unsigned PairW = (Parts > 1) ? 2 * Width : Width;
  localparam int unsigned Pairs = TileW / PairW;
  localparam int unsigned PairIdW = (Pairs > 1) ? $clog2(Pairs) : 1;
  localparam int unsigned Tiles = cfg_pkg::Threads * cfg_pkg::Accumulators;
  localparam int unsigned TileIdW = $clog2(Tiles);

  `TATAMI_ASSERT_STATIC(MatrixDepth, cfg_pkg::MatrixDepth == Depth,
                        "matrix_depth must be 4: the matrix element sums four products")
  `TATAMI_ASSERT_STATIC(MatrixOperands, Rows * Depth * 16 <= Width && Cols * Depth * 16 <= Width,
                        "matrix_rows and matrix_cols must be at most simd_bytes / 8, so that a tile fits a register")
  `TATAMI_ASSERT_STATIC(MatrixParts, Parts inside {1, 2, 4} && Parts * Width == TileW,
                        "matrix_rows * matrix_cols must be simd_bytes / 4, / 2 or / 1, so that up to 4 parts read it")
  `TATAMI_ASSERT_STATIC(MatrixAccumulators, cfg_pkg::Accumulators <= 8,
                        "accumulators must be at most 8: the instructions have three bits for them")

  typedef logic [TileIdW-1:0] tile_id_t;

  function automatic tile_id_t tile_id(input matrix_pkg::target_t target);
    return TileIdW'(cfg_pkg::Accumulators * 32'(target.thread) + 32'(target.acc));
  endfunction

  // Control of steps: stage 0 unpacks, 1 multiplies and reads the accumulators, 2 to 5 align, add, normalise and round,
  // 6 writes back.
  localparam int unsigned Stages = 7;

  logic [Stages-1:1] valid_q;
  matrix_pkg::target_t [Stages-1:1] target_q;
  logic first_q, write_q, integer_q;
  logic [PartIdW-1:0] write_part_q;
  logic [Width-1:0] write_data_q;

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[Stages-2:1], valid_i} : '0;
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      target_q[1] <= step_i.target;
      first_q <= step_i.first;
      write_q <= step_i.write;
      integer_q <= step_i.write || step_i.a.kind == fmt_pkg::KindInt8;
      if (step_i.write) begin
        write_part_q <= PartIdW'(32'(step_i.part) % Parts);
        write_data_q <= a_i;
      end
    end
    for (int unsigned s = 2; s < Stages; s++) begin
      if (valid_q[s-1]) target_q[s] <= target_q[s-1];
    end
  end

  assign done_valid_o = valid_q[Stages-2];
  assign done_o = target_q[Stages-2];

  // Stage 0: rows of A and columns of B, unpacked once for all elements that share them.
  dot_pkg::operand_t row[Rows];
  dot_pkg::operand_t column[Cols];
  logic narrow_a, narrow_b;

  assign narrow_a = fmt_pkg::bits(step_i.a.kind) == 6'd8;
  assign narrow_b = fmt_pkg::bits(step_i.b.kind) == 6'd8;

  /// Row `i` of a tile whose rows lie in one piece: of 16-bit lanes four, of 8-bit lanes a half of eight.
  function automatic logic [Depth-1:0][15:0] row_of(input logic narrow, input logic upper,
                                                    input logic [Width-1:0] value, input int unsigned i);
    logic [Depth-1:0][15:0] lanes;
    for (int unsigned k = 0; k < Depth; k++) begin
      lanes[k] = value[(i*Depth+k)*16+:16];
      if (narrow) lanes[k] = {8'b0, value[((2*i+32'(upper))*Depth+k)*8+:8]};
    end
    return lanes;
  endfunction

  /// Column `i` of a tile whose rows of `count` lanes lie one after the other: of 8-bit lanes, in one half of them.
  function automatic logic [Depth-1:0][15:0] column_of(input logic narrow, input logic upper,
                                                       input logic [Width-1:0] value, input int unsigned i,
                                                       input int unsigned count);
    logic [Depth-1:0][15:0] lanes;
    for (int unsigned k = 0; k < Depth; k++) begin
      lanes[k] = value[(k*count+i)*16+:16];
      if (narrow) lanes[k] = {8'b0, value[((32'(upper)*Depth+k)*count+i)*8+:8]};
    end
    return lanes;
  endfunction

  for (genvar i = 0; i < Rows; i++) begin : gen_row_operand
    dot_operand u_operand (
      .clk_i,
      .en_i        (valid_i),
      .zero_i      (step_i.write),
      .descriptor_i(step_i.a),
      .code_i      (step_i.tile.ta ? column_of(narrow_a, step_i.tile.ha, a_i, i, Rows)
                                   : row_of(narrow_a, step_i.tile.ha, a_i, i)),
      .operand_o   (row[i])
    );
  end

  for (genvar j = 0; j < Cols; j++) begin : gen_column_operand
    dot_operand u_operand (
      .clk_i,
      .en_i        (valid_i),
      .zero_i      (step_i.write),
      .descriptor_i(step_i.b),
      .code_i      (step_i.tile.tb ? row_of(narrow_b, step_i.tile.hb, b_i, j)
                                   : column_of(narrow_b, step_i.tile.hb, b_i, j, Cols)),
      .operand_o   (column[j])
    );
  end

  // Stages 1 to 5.
  logic [TileW-1:0] step_tile, result_tile;

  for (genvar i = 0; i < Rows; i++) begin : gen_row
    for (genvar j = 0; j < Cols; j++) begin : gen_col
      fused_dot4 u_element (
        .clk_i,
        .en_i    (valid_q[5:1]),
        .integer_i(integer_q),
        .a_i     (row[i]),
        .b_i     (column[j]),
        .acc_i   (step_tile[(i*Cols+j)*num_pkg::Fp32Width+:num_pkg::Fp32Width]),
        .result_o(result_tile[(i*Cols+j)*num_pkg::Fp32Width+:num_pkg::Fp32Width])
      );
    end
  end

  // Read-out: a stage for the request, one for the file, one for the conversion.
  logic [3:1] read_valid_q;
  matrix_pkg::read_t [2:1] read_q;
  logic [6:0] read_tag_q;
  logic [PairW-1:0] read_pair;
  logic [PairIdW-1:0] read_pair_id;
  logic [Width-1:0] read_data_q;

  always_ff @(posedge clk_i) begin
    read_valid_q <= rst_ni ? {read_valid_q[2:1], read_valid_i} : '0;
  end

  function automatic logic [Width-1:0] to_bf16(input logic [PairW-1:0] value);
    logic [Width-1:0] lanes = '0;
    for (int unsigned i = 0; i < PairW / num_pkg::Fp32Width; i++) begin
      lanes[i*16+:16] = num_pkg::bf16_from_fp32(value[i*num_pkg::Fp32Width+:num_pkg::Fp32Width]);
    end
    return lanes;
  endfunction

  always_ff @(posedge clk_i) begin
    if (read_valid_i) read_q[1] <= read_i;
    if (read_valid_q[1]) read_q[2] <= read_q[1];
    if (read_valid_q[2]) begin
      read_tag_q <= read_q[2].tag;
      read_data_q <= read_q[2].bf16 ? to_bf16(read_pair) : read_pair[Width*(32'(read_q[2].part)%(PairW/Width))+:Width];
    end
  end

  assign read_pair_id = PairIdW'((32'(read_q[1].part) / (read_q[1].bf16 ? 1 : PairW / Width)) % Pairs);
  assign read_valid_o = read_valid_q[3];
  assign read_tag_o = read_tag_q;
  assign read_data_o = read_data_q;

  accumulator_file #(
    .Tiles(Tiles),
    .TileW(TileW),
    .PairW(PairW)
  ) u_file (
    .clk_i,
    .step_en_i      (valid_q[1]),
    .step_clear_i   (first_q),
    .step_address_i (tile_id(target_q[1])),
    .step_replace_i (write_q),
    .step_part_i    (write_part_q),
    .step_data_i    (write_data_q),
    .step_tile_o    (step_tile),
    .write_en_i     (valid_q[Stages-1]),
    .write_address_i(tile_id(target_q[Stages-1])),
    .write_tile_i   (result_tile),
    .read_en_i      (read_valid_q[1]),
    .read_address_i (tile_id(read_q[1].target)),
    .read_pair_i    (read_pair_id),
    .read_data_o    (read_pair)
  );

  assign busy_o = valid_q != '0 || read_valid_q != '0;

`ifdef TATAMI_INC_ASSERT
  // A step or a read-out names no accumulator that a step in flight still writes.
  logic [Stages-2:1] step_hazard, read_hazard;
  for (genvar s = 1; s <= Stages - 2; s++) begin : gen_hazard
    assign step_hazard[s] = valid_i && valid_q[s] && target_q[s] == step_i.target;
    assign read_hazard[s] = read_valid_i && valid_q[s] && target_q[s] == read_i.target;
  end
  `TATAMI_ASSERT(StepHazard, step_hazard == '0)
  `TATAMI_ASSERT(ReadHazard, read_hazard == '0)
`endif
endmodule : matrix_unit
