// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Whether all that a memory instruction accesses is aligned and lies inside local SRAM. Combinational.
///
/// Vector accesses need 8 B alignment of their base and stride. Misalignment is reported before range; `trap_o.value` is the
/// address of the first item in every case. Of items in a row only the first and the last one are looked at.
module address_check (
  input  logic              valid_i,
  input  isa_pkg::decoded_t dec_i,
  input  logic [63:0]       xs1_i,
  input  logic [63:0]       xs2_i,
  input  logic [63:0]       base_i,     // of the first item
  input  logic              crosses_i,  // a scalar access touches a second word
  output pipe_pkg::trap_t   trap_o
);
  localparam int unsigned SimdWords = pipe_pkg::SimdWords;
  localparam int unsigned Half = SimdWords / 2;
  localparam int unsigned Quarter = SimdWords / 4;
  localparam int unsigned SramWords = cfg_pkg::SramBytes / sram_pkg::WordBytes;
  // Of a signed distance of seven narrow strides from a place in the SRAM.
  localparam int unsigned FarW = sram_pkg::ByteAddrW + 4;

  /// Not all of so many words from this byte on lie in the SRAM.
  function automatic logic outside(input logic [63:0] addr, input int unsigned words);
    logic [63:0] offset;
    offset = pipe_pkg::sram_offset(addr);
    return offset[63:32] != '0 || offset[31:3] > 29'(SramWords - words);
  endfunction

  /// The same, that far from the begin of the SRAM, in whichever of its two places.
  function automatic logic too_far(input logic [FarW-1:0] distance, input int unsigned words);
    return distance[FarW-1:3] > (FarW - 3)'(SramWords - words);
  endfunction

  // Of the accesses with a stride, which have no negative offset.
  logic [11:0] offset;
  logic [63:0] second;
  logic [FarW-1:0] start, stride, fourth, last;
  logic wide, vec, misaligned, beyond;
  assign offset = dec_i.imm[11:0];
  assign second = xs1_i + 64'(offset) + xs2_i;

  // Four or eight items: if the stride is not narrow, then at most the second one can lie in the SRAM with the first, in its
  // other place, and the last one does not. If it is, all lie between the first and the last.
  assign wide   = xs2_i[63:sram_pkg::ByteAddrW] != '0 && xs2_i[63:sram_pkg::ByteAddrW] != '1;
  assign start  = xs1_i[FarW-1:0];
  assign stride = xs2_i[FarW-1:0];
  assign fourth = start + FarW'(offset) + (stride << 1) + stride;
  if (SimdWords == 8) begin : gen_eight
    assign last = start + FarW'(offset) + (stride << 3) - stride;
  end else begin : gen_four
    assign last = fourth;
  end

  always_comb begin
    vec        = pipe_pkg::is_vector(dec_i);
    misaligned = vec && (base_i[2:0] != '0 || (pipe_pkg::is_strided(dec_i) && xs2_i[2:0] != '0));
    beyond     = 1'b0;
    unique case (dec_i.op)
      isa_pkg::OpVldW: begin
        beyond = outside(base_i, 1) || (SimdWords == 2 ? outside(second, 1) : wide || too_far(last, 1));
      end
      isa_pkg::OpVldQ, isa_pkg::OpVstQ: beyond = outside(base_i, Quarter) || wide || too_far(fourth, Quarter);
      isa_pkg::OpVstH:                  beyond = outside(base_i, Half) || outside(second, Half);
      isa_pkg::OpVldxW: begin
        for (int unsigned i = 0; i < SimdWords; i++) beyond = beyond || outside(xs1_i + 64'({xs2_i[8*i+:8], 3'b0}), 1);
      end
      isa_pkg::OpVldxQ: begin
        for (int unsigned i = 0; i < 4; i++) begin
          beyond = beyond || outside(xs1_i + 64'(20'(xs2_i[16*i+:16]) * 20'(cfg_pkg::SimdBytes / 4)), Quarter);
        end
      end
      isa_pkg::OpMmaMc:                 beyond = outside(base_i, 2 * SimdWords - 1);
      default: begin
        if (vec) beyond = outside(base_i, SimdWords);
        else beyond = crosses_i ? outside(base_i, 2) : outside(base_i, 1);
      end
    endcase
    trap_o.valid = valid_i && (misaligned || beyond);
    trap_o.value = base_i;
    if (misaligned)
      trap_o.cause = pipe_pkg::is_store(dec_i) ? pipe_pkg::CauseStoreMisaligned : pipe_pkg::CauseLoadMisaligned;
    else trap_o.cause = pipe_pkg::is_store(dec_i) ? pipe_pkg::CauseStoreFault : pipe_pkg::CauseLoadFault;
  end
endmodule : address_check
