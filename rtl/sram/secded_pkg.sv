// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Hsiao SECDED (72,64): corrects one wrong bit of a 64-bit word and detects two.
///
/// A codeword is {check[7:0], data[63:0]}. Check bit k is the parity of the data bits whose column has bit k set. The
/// columns of data bits 0..55 are the 8-bit values of weight 3 in ascending order, those of data bits 56..63 the
/// rotations 0x1F << 0 .. 0x1F << 7 of five ones; check bit k has column 1 << k. Every column has odd weight and every
/// check bit covers 26 data bits. So a syndrome of even weight other than zero means two errors. The all-zero codeword
/// is valid.
package secded_pkg;
  localparam int unsigned DataWidth = 64;
  localparam int unsigned CheckWidth = 8;

  typedef logic [DataWidth-1:0] data_t;
  typedef logic [CheckWidth-1:0] check_t;

  typedef struct packed {
    check_t check;
    data_t data;
  } code_t;

  typedef struct packed {
    logic corrected;
    logic uncorrectable;
    data_t data;
  } decoded_t;

  /// Column i of the parity matrix.
  function automatic check_t [DataWidth-1:0] columns();
    check_t [DataWidth-1:0] result;
    int unsigned weight;
    int unsigned count;
    result = '0;
    count = 0;
    for (int unsigned value = 0; value < 256; value++) begin
      weight = 0;
      for (int unsigned b = 0; b < CheckWidth; b++) weight = weight + (value >> b) % 2;
      if (weight == 3) begin
        result[count] = check_t'(value);
        count = count + 1;
      end
    end
    for (int unsigned r = 0; r < CheckWidth; r++) result[56+r] = check_t'((32'h1F << r) | (32'h1F >> (8 - r)));
    return result;
  endfunction

  localparam check_t [DataWidth-1:0] Columns = columns();

  /// Row k of the parity matrix: the data bits that check bit k covers.
  function automatic data_t [CheckWidth-1:0] rows();
    data_t [CheckWidth-1:0] result;
    for (int unsigned k = 0; k < CheckWidth; k++) begin
      for (int unsigned i = 0; i < DataWidth; i++) result[k][i] = Columns[i][k];
    end
    return result;
  endfunction

  localparam data_t [CheckWidth-1:0] Rows = rows();

  /// The check bits of a word.
  function automatic check_t checks(input data_t data);
    return {
      ^(data & Rows[7]),
      ^(data & Rows[6]),
      ^(data & Rows[5]),
      ^(data & Rows[4]),
      ^(data & Rows[3]),
      ^(data & Rows[2]),
      ^(data & Rows[1]),
      ^(data & Rows[0])
    };
  endfunction

  function automatic code_t encode(input data_t data);
    // verilator no_inline_task
    return {checks(data), data};
  endfunction

  /// Of each syndrome, whether it is a column: of a data bit or of a check bit.
  function automatic logic [255:0] known_syndromes();
    logic [255:0] result;
    result = '0;
    for (int unsigned i = 0; i < DataWidth; i++) result[Columns[i]] = 1'b1;
    for (int unsigned k = 0; k < CheckWidth; k++) result[1<<k] = 1'b1;
    return result;
  endfunction

  localparam logic [255:0] Known = known_syndromes();

  /// Result for a codeword whose syndrome is not zero. Three or more errors may be taken for one, as with any such
  /// code.
  function automatic decoded_t repair(input data_t data, input check_t syndrome);
    // verilator no_inline_task
    data_t flip;
    for (int unsigned i = 0; i < DataWidth; i++) flip[i] = syndrome == Columns[i];
    return {Known[syndrome], !Known[syndrome], data ^ flip};
  endfunction

  /// Of a codeword: zero when it is valid.
  function automatic check_t syndrome_of(input code_t code);
    // verilator no_inline_task
    return code.check ^ checks(code.data);
  endfunction

  /// Reads a codeword: the corrected word and what was found.
  function automatic decoded_t decode(input code_t code);
    // verilator no_inline_task
    check_t syndrome;
    syndrome = syndrome_of(code);
    if (syndrome != '0) return repair(code.data, syndrome);
    return {2'b00, code.data};
  endfunction
endpackage
