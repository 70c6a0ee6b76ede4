// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Where the fields of each floating-point format lie in its codes.
package code_pkg;
  typedef struct packed {
    logic sign;
    logic [7:0] exponent;   // the field as it is
    logic top;              // the exponent of infinity and NaN
    logic [22:0] fraction;  // aligned to the left
  } code_t;

  /// The fields of a code of a floating-point kind; bits above the format's width are ignored.
  function automatic code_t split(input fmt_pkg::kind_e kind, input logic [31:0] c);
    unique case (kind)
      fmt_pkg::KindBf16:    return '{c[15], c[14:7], &c[14:7], {c[6:0], 16'b0}};
      fmt_pkg::KindFp32:    return '{c[31], c[30:23], &c[30:23], c[22:0]};
      fmt_pkg::KindFp16:    return '{c[15], {3'b0, c[14:10]}, &c[14:10], {c[9:0], 13'b0}};
      fmt_pkg::KindShp:     return '{c[15], {3'b0, c[14:10]}, 1'b0, {c[9:0], 13'b0}};
      fmt_pkg::KindUhp:     return '{1'b0, {2'b0, c[15:10]}, &c[15:10], {c[9:0], 13'b0}};
      fmt_pkg::KindCfp8143: return '{c[7], {4'b0, c[6:3]}, 1'b0, {c[2:0], 20'b0}};
      fmt_pkg::KindCfp8152: return '{c[7], {3'b0, c[6:2]}, 1'b0, {c[1:0], 21'b0}};
      default:              return '0;
    endcase
  endfunction
endpackage
