#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""encodings_pkg.sv: the instructions of rtl/core/isa.json as a flat list of masks and matches, as binutils has them.

Another way from the table to hardware than the decoder's generator (scripts/gen): each format is drawn here as one line of 32
places and read off from it. Usage: encodings.py OUT.sv
"""

import json
import pathlib
import sys

TABLE = pathlib.Path(__file__).resolve().parents[3] / "rtl" / "core" / "isa.json"

# Bit 31 on the left. A word is a field of the table; dots are free; what an immediate takes is below.
DRAWINGS = {
    "R": "funct7 ..... ..... funct3 ..... opcode",
    "R1": "funct7 00000 ..... funct3 ..... opcode",
    "R2": "funct7 ..... ..... funct3 00000 opcode",
    "R1S": "funct7 00000 ..... funct3 00000 opcode",
    "I": "....... ..... ..... funct3 ..... opcode",
    "S": "....... ..... ..... funct3 ..... opcode",
    "B": "....... ..... ..... funct3 ..... opcode",
    "U": "....... ..... ..... ... ..... opcode",
    "J": "....... ..... ..... ... ..... opcode",
    "SHIFT": "funct7 . ..... ..... funct3 ..... opcode",
    "SHIFTW": "funct7 ..... ..... funct3 ..... opcode",
    "CSR": "....... ..... ..... funct3 ..... opcode",
    "FENCE": "....... ..... ..... funct3 ..... opcode",
    "EXACT": "imm12 00000 000 00000 opcode",
    "MMA": "....... ..... ..... funct3 00... opcode",
    "MRD": "funct5 .. 00000 00... funct3 ..... opcode",
    "MWR": "funct5 .. 00000 ..... funct3 00... opcode",
    "VLI": "....... ..... ..... funct3 ..... opcode",
    "VLQ": "funct1 ...... ..... ..... funct3 ..... opcode",
    "CVT": "funct1 ...... 00000 ..... funct3 ..... opcode",
    "LANE": "funct7 .... ..... ..... funct3 ..... opcode",
    "MMAM": "....... ..... ..... funct3 00... opcode",
}

# Immediates in the manual's notation: bit 31 downwards, `imm` sign-extended from its highest bit, `uimm` zero-extended, `-` skips.
IMMEDIATES = {
    "I": "imm[11:0]", "S": "imm[11:5] -13 imm[4:0]", "B": "imm[12|10:5] -13 imm[4:1|11]", "U": "imm[31:12]", "J": "imm[20|10:1|11|19:12]",
    "SHIFT": "-6 uimm[5:0]", "SHIFTW": "-7 uimm[4:0]", "VLI": "uimm[9:3]", "VLQ": "-1 uimm[8:3]",
    "uimm": "-12 uimm[4:0]", "lane": "-7 uimm[4:0]", "fmt": "-1 uimm[5:0]", "tile": "uimm[6:0]", "from": "uimm[6:0]", "elem": "-3 uimm[3:0]",
}

# What an operand has the decoder say, in the order of the record below.
SAYS = ["reads_xs1", "reads_xs2", "writes_xd", "reads_vs1", "reads_vs2", "reads_vd", "writes_vd", "reads_acc", "writes_acc", "reads_mem"]
OPERANDS = {
    "xs1": "reads_xs1", "xs2": "reads_xs2", "xd": "writes_xd", "vs1": "reads_vs1", "vs2": "reads_vs2", "vs3": "reads_vd",
    "vd": "writes_vd", "vdx": "reads_vd writes_vd", "accs": "reads_acc", "acc": "writes_acc", "accx": "reads_acc writes_acc",
    "xm1": "reads_xs1 reads_mem", "xm2": "reads_xs2 reads_mem",
}


def pattern(entry):
    """The 32 places of an instruction: 0, 1 or a dot."""
    places = "".join(entry.get(word, word) for word in DRAWINGS[entry["format"]].split())
    if len(places) != 32 or set(places) - set("01."):
        sys.exit(f"encodings: {entry['name']}: {places} are not 32 places")
    return places


def immediate(entry):
    """SystemVerilog for the 64 bits of the immediate; zero when there is none."""
    operands = entry.get("operands", "").split()
    kind = next((operand for operand in operands if operand in IMMEDIATES), entry["format"] if {"imm", "off8"} & set(operands) else None)
    if not kind:
        return "64'd0"
    bit, source, signed = 31, {}, False
    for word in IMMEDIATES[kind].split():
        if word.startswith("-"):
            bit -= int(word[1:])
            continue
        signed |= word.startswith("imm")
        for part in word[word.index("[") + 1:-1].split("|"):
            high, _, low = part.partition(":")
            for place in range(int(high), int(low or high) - 1, -1):
                source[place] = bit
                bit -= 1
    top = max(source)
    bits = [f"insn[{source[place]}]" if place in source else (f"insn[{source[top]}]" if signed and place > top else "1'b0") for place in range(63, -1, -1)]
    return "{" + ", ".join(bits) + "}"


def camel(text):
    return "".join(word.capitalize() for word in text.lower().replace(".", "_").split("_"))


def row(entry):
    """One element of the list, as a SystemVerilog expression."""
    places = pattern(entry)
    operands = entry.get("operands", "").split()
    says = {word for operand in operands for word in OPERANDS.get(operand, "").split()}
    acc = "2'd1" if {"acc", "accx"} & set(operands) else "2'd2" if "accs" in operands else "2'd0"
    return (f"row_t'{{mask: 32'b{places.replace('0', '1').replace('.', '0')}, match: 32'b{places.replace('.', '0')}, unit: isa_pkg::Unit{camel(entry['unit'])}, "
            f"says: 10'b{''.join('1' if word in says else '0' for word in SAYS)}, acc: {acc}, part: 1'b{int('part' in operands)}}}")


def main():
    instructions = json.loads(TABLE.read_text(encoding="utf-8"))["instructions"]
    rows = ",\n".join(f"    {row(entry)}" for entry in reversed(instructions))
    immediates = "\n".join(f"      {number}: return {immediate(entry)};" for number, entry in enumerate(instructions))
    pathlib.Path(sys.argv[1]).write_text(f"""// Made by verif/formal/core/encodings.py from rtl/core/isa.json; do not edit.

package encodings_pkg;
  localparam int unsigned Count = {len(instructions)};

  typedef struct packed {{
    logic [31:0] mask;
    logic [31:0] match;
    isa_pkg::unit_e unit;
    logic [9:0] says;  // {', '.join(SAYS)}
    logic [1:0] acc;   // 1: rd names an accumulator, 2: rs1 does
    logic part;
  }} row_t;

  localparam row_t [Count-1:0] Rows = {{
{rows}
  }};

  function automatic logic [63:0] immediate(input int unsigned number, input logic [31:0] insn);
    case (number)
{immediates}
      default: return 64'd0;
    endcase
  endfunction
endpackage
""", encoding="utf-8")


if __name__ == "__main__":
    main()
