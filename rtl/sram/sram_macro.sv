// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One memory macro, the only place where SRAM bits live; FPGA and ASIC flows replace this file by name.
///
/// One access per cycle: `en_i` with `we_i` writes, without it reads; `rdata_o` shows the word from the next cycle
/// until the next read. No reset, no byte enables. In simulation all words start as zero, which is a valid codeword;
/// programs must not rely on it. Outside synthesis the C++ side reaches the words by DPI, in the scope of this
/// instance: see docs/memory.md.
module sram_macro #(
  parameter int unsigned Depth = 128,
  localparam int unsigned AddrW = (Depth > 1) ? $clog2(Depth) : 1
) (
  input  logic              clk_i,
  input  logic              en_i,
  input  logic              we_i,
  input  logic [AddrW-1:0]  addr_i,
  input  secded_pkg::code_t wdata_i,
  output secded_pkg::code_t rdata_o
);
  secded_pkg::code_t mem[Depth];

  always_ff @(posedge clk_i) begin
    if (en_i) begin
      if (we_i) mem[addr_i] <= wdata_i;
      else rdata_o <= mem[addr_i];
    end
  end

`ifndef SYNTHESIS
  initial begin
    for (int unsigned i = 0; i < Depth; i++) mem[i] = '0;
  end

  export "DPI-C" function sram_backdoor_write;
  export "DPI-C" function sram_backdoor_read;
  export "DPI-C" function sram_backdoor_flip;
  export "DPI-C" function sram_backdoor_errors;

  /// Writes a word with its check bits.
  function automatic void sram_backdoor_write(input int row, input longint data);
    mem[AddrW'(row)] = secded_pkg::encode(data);
  endfunction

  /// The word, corrected when one bit of it is wrong.
  function automatic longint sram_backdoor_read(input int row);
    secded_pkg::decoded_t decoded;
    decoded = secded_pkg::decode(mem[AddrW'(row)]);
    return longint'(decoded.data);
  endfunction

  /// Inverts the bits of the stored codeword that are set in {check, data}.
  function automatic void sram_backdoor_flip(input int row, input longint data, input byte check);
    mem[AddrW'(row)] = mem[AddrW'(row)] ^ {check, data};
  endfunction

  /// Wrong bits in the stored codeword as far as its check bits tell: 0, 1, or 2.
  function automatic int sram_backdoor_errors(input int row);
    secded_pkg::decoded_t decoded;
    decoded = secded_pkg::decode(mem[AddrW'(row)]);
    return decoded.uncorrectable ? 2 : int'(decoded.corrected);
  endfunction
`endif
endmodule : sram_macro
