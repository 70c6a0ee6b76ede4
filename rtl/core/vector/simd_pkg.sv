// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a SIMD lane does, derived from the instruction once for all lanes.
package simd_pkg;
  /// Operations of the lane's short path. The operands x and y come out of the shuffle stage.
  typedef enum logic [3:0] {
    AluPass,      // x
    AluCvtBf16,   // x and y, both FP32, rounded to BF16: y in the upper half
    AluMinFp32,
    AluMaxFp32,
    AluMinBf16,
    AluMaxBf16,
    AluAdd,
    AluSub,
    AluAnd,
    AluOr,
    AluXor,
    AluSll,
    AluSrl,
    AluSra
  } alu_op_e;

  /// `fma`: the result comes from the multiply-add lanes, else from the short path. `narrow`: BF16 lanes.
  typedef struct packed {
    logic fma;
    logic narrow;
    num_pkg::fma_op_e fma_op;
    alu_op_e alu_op;
  } lane_op_t;

  function automatic lane_op_t fma(input logic narrow, input num_pkg::fma_op_e op);
    return '{fma: 1'b1, narrow: narrow, fma_op: op, alu_op: AluPass};
  endfunction

  function automatic lane_op_t alu(input alu_op_e op);
    return '{fma: 1'b0, narrow: 1'b0, fma_op: num_pkg::FmaMulAdd, alu_op: op};
  endfunction

  function automatic lane_op_t lane_op(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpVaddFp32:     return fma(1'b0, num_pkg::FmaAdd);
      isa_pkg::OpVsubFp32:     return fma(1'b0, num_pkg::FmaSub);
      isa_pkg::OpVmulFp32:     return fma(1'b0, num_pkg::FmaMul);
      isa_pkg::OpVfmaFp32:     return fma(1'b0, num_pkg::FmaMulAdd);
      isa_pkg::OpVaddBf16:     return fma(1'b1, num_pkg::FmaAdd);
      isa_pkg::OpVsubBf16:     return fma(1'b1, num_pkg::FmaSub);
      isa_pkg::OpVmulBf16:     return fma(1'b1, num_pkg::FmaMul);
      isa_pkg::OpVfmaBf16:     return fma(1'b1, num_pkg::FmaMulAdd);
      isa_pkg::OpVminFp32:     return alu(AluMinFp32);
      isa_pkg::OpVmaxFp32:     return alu(AluMaxFp32);
      isa_pkg::OpVminBf16:     return alu(AluMinBf16);
      isa_pkg::OpVmaxBf16:     return alu(AluMaxBf16);
      isa_pkg::OpVaddI32:      return alu(AluAdd);
      isa_pkg::OpVsubI32:      return alu(AluSub);
      isa_pkg::OpVand:         return alu(AluAnd);
      isa_pkg::OpVor:          return alu(AluOr);
      isa_pkg::OpVxor:         return alu(AluXor);
      isa_pkg::OpVsllI32:      return alu(AluSll);
      isa_pkg::OpVsrlI32:      return alu(AluSrl);
      isa_pkg::OpVsraI32:      return alu(AluSra);
      isa_pkg::OpVcvtBf16Fp32: return alu(AluCvtBf16);
      default:                 return alu(AluPass);
    endcase
  endfunction

  /// The short path.
  function automatic logic [31:0] alu_result(input alu_op_e op, input logic [31:0] x, input logic [31:0] y);
    unique case (op)
      AluPass:    return x;
      AluCvtBf16: return {num_pkg::bf16_from_fp32(y), num_pkg::bf16_from_fp32(x)};
      AluMinFp32, AluMaxFp32: return num_pkg::extremum(op == AluMaxFp32, x, y);
      AluMinBf16, AluMaxBf16: begin
        return {
          num_pkg::bf16_extremum(op == AluMaxBf16, x[31:16], y[31:16]),
          num_pkg::bf16_extremum(op == AluMaxBf16, x[15:0], y[15:0])
        };
      end
      AluAdd:     return x + y;
      AluSub:     return x - y;
      AluAnd:     return x & y;
      AluOr:      return x | y;
      AluXor:     return x ^ y;
      AluSll:     return x << y[4:0];
      AluSrl:     return x >> y[4:0];
      AluSra:     return 32'(signed'(x) >>> y[4:0]);
      default:    return x;
    endcase
  endfunction
endpackage
