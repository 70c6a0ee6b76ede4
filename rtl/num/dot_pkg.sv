// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Operands of the matrix element, unpacked: four numbers, field by field, whose format no longer matters.
package dot_pkg;
  localparam int unsigned Terms = 4;
  localparam int unsigned SigW = 11;  // of the widest operands, FP16 and SHP
  localparam int unsigned ExpW = 9;

  typedef struct packed {
    logic [Terms-1:0] sign;
    logic [Terms-1:0] zero;
    logic [Terms-1:0] infinity;
    logic [Terms-1:0] nan;
  } class_t;

  /// Floating point: `significand` is 1.10 with its leading bit set, or zero; `exponent` has bias 127, and a zero has
  /// the least one, so that a product with a zero never sets the alignment. Integers: the magnitude, and exponent 0.
  typedef struct packed {
    class_t kind;
    logic [Terms-1:0][ExpW-1:0] exponent;
    logic [Terms-1:0][SigW-1:0] significand;
  } operand_t;

  /// True when the matrix unit multiplies A's kind by B's: floating point by floating point, integer by integer.
  function automatic logic multiplies(input fmt_pkg::kind_e a, input fmt_pkg::kind_e b);
    return fmt_pkg::matrix_operand(a) && fmt_pkg::matrix_operand(b) && fmt_pkg::is_integer(a) == fmt_pkg::is_integer(b);
  endfunction

  /// Four codes (number i in bits 16i+15:16i) of a format that is a matrix operand. Denormals are normalised.
  function automatic operand_t unpack(input fmt_pkg::kind_e kind, input logic [5:0] bias, input logic gradual,
                                      input logic [Terms-1:0][15:0] value);
    operand_t result;
    code_pkg::code_t c;
    logic low;
    num_pkg::normalised_t moved;
    for (int unsigned i = 0; i < Terms; i++) begin
      c = code_pkg::split(kind, 32'(value[i]));
      low = c.exponent == '0;
      moved = '{zeros: '0, value: {1'b1, c.fraction[22-:SigW-1], 21'b0}};
      if (low) moved = num_pkg::normalise32({1'b0, c.fraction[22-:SigW-1], 21'b0});
      result.kind.sign[i] = c.sign;
      result.kind.zero[i] = low && c.fraction == '0;
      result.kind.infinity[i] = c.top && c.fraction == '0;
      result.kind.nan[i] = c.top && c.fraction != '0;
      result.exponent[i] = ExpW'(c.exponent) + ExpW'(127) - ExpW'(fmt_pkg::bias(kind, bias)) +
                           ExpW'(low && !fmt_pkg::literal(kind, gradual)) - ExpW'(moved.zeros);
      if (result.kind.zero[i]) result.exponent[i] = {1'b1, {(ExpW - 1) {1'b0}}};
      result.significand[i] = moved.value[31-:SigW];
      if (kind == fmt_pkg::KindInt8) begin
        result.kind.sign[i] = value[i][7];
        result.exponent[i] = '0;
        result.significand[i] = SigW'(value[i][7] ? 8'(-value[i][7:0]) : value[i][7:0]);
      end
    end
    return result;
  endfunction
endpackage
