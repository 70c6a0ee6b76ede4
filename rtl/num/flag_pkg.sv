// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Status flags of operations on numbers (docs/numbers.md, "Status flags").
package flag_pkg;
  typedef struct packed {
    logic underflow;
    logic overflow;
    logic denormal;
    logic invalid;
  } flags_t;

  /// A result and its flags.
  typedef struct packed {
    flags_t flags;
    logic [31:0] bits;
  } flagged_t;

  /// `num_pkg::round(narrow, value)` with its flags; `denormal`: an operand was subnormal.
  function automatic flagged_t round(input logic narrow, input num_pkg::unrounded_t value, input logic denormal);
    flagged_t result;
    logic any, all, tiny, finite;
    any = value.significand[7:0] != '0 || (narrow && value.significand[23:8] != '0);
    all = value.significand[7:0] == '1 && (!narrow || value.significand[23:8] == '1);
    // A carry out of endless ones can reach the smallest normal number exactly.
    tiny = value.exponent == '0 && !value.significand[31] && !(value.ones && value.significand[30:0] == '1);
    finite = value.special == num_pkg::SpecialNone;
    result.bits = num_pkg::round(narrow, value);
    result.flags.invalid = value.special == num_pkg::SpecialNan;
    result.flags.denormal = denormal;
    result.flags.overflow = finite && result.bits[30:23] == '1;
    result.flags.underflow = finite && tiny && (value.ones ? !all : any);
    return result;
  endfunction
endpackage
