# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""docs/isa.md: the tables of the ISA manual; its prose is in the template."""

import pathlib
import re

from .common import fill
from .isa import FORMATS, OPERAND_FIELD

_GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "verif" / "golden" / "core"
# Where the simulator executes an instruction, the file that says most first; and how much of it a table row takes.
_GOLDEN_FILES = ("scalar.cpp", "simd.cpp", "sync.cpp", "system.cpp", "memory.cpp", "conversion.cpp", "tensor.cpp")
_LONGEST_QUOTE = 110
_LONG_FILES = ("memory.cpp", "sync.cpp")  # whose cases say nothing alone
_UNIT_FILES = {"BRANCH": "scalar.cpp", "CSR": "system.cpp", "SIMD": "conversion.cpp", "MATRIX": "tensor.cpp", "VSTORE": "memory.cpp"}

_UNIT_TITLES = {
    "ALU": "Integer", "BRANCH": "Branches and jumps", "MULDIV": "Multiply and divide", "LOAD": "Scalar loads", "STORE": "Scalar stores",
    "CSR": "CSR access", "SYSTEM": "System", "SIMD": "SIMD", "FUNCTION": "Functions", "MATRIX": "Matrix", "VLOAD": "Vector loads", "VSTORE": "Vector stores",
    "SYNC": "Threads, semaphores, transfers",
}
# How the bits between the fixed fields are shown, by format: (most significant bit, width, name).
_FREE = {
    "I": [(31, 12, "imm[11:0]")], "S": [(31, 7, "imm[11:5]"), (11, 5, "imm[4:0]")], "B": [(31, 7, "imm[12,10:5]"), (11, 5, "imm[4:1,11]")],
    "U": [(31, 20, "imm[31:12]")], "J": [(31, 20, "imm[20,10:1,11,19:12]")], "SHIFT": [(25, 6, "shamt")], "SHIFTW": [(24, 5, "shamt")],
    "CSR": [(31, 12, "csr")], "FENCE": [(31, 12, "-"), (19, 5, "-"), (11, 5, "-")], "MMA": [(31, 3, "pair"), (28, 1, "hb"), (27, 1, "ha"), (26, 1, "tb"), (25, 1, "ta")],
    "MRD": [(26, 2, "part")], "MWR": [(26, 2, "part")], "VLI": [(31, 7, "off8")], "VLQ": [(30, 6, "off8")], "CVT": [(30, 6, "fmt")],
    "LANE": [(28, 4, "elem")], "MMAM": [(31, 7, "from")],
}
_REGISTER = {"rd": (11, 5), "rs1": (19, 5), "rs2": (24, 5)}


def syntax(insn):
    """The operands as an assembler writes them."""
    names = insn.operands
    if insn.unit in ("LOAD", "VLOAD") and insn.format == "I" or insn.name == "jalr":
        return f"{names[0]}, imm(xs1)"
    if insn.format == "S":
        return f"{names[1]}, imm(xs1)"
    if insn.format in ("VLI", "VLQ"):
        return f"{names[0]}, {names[3]}(xs1), xs2"
    if insn.format == "CSR":
        return f"{names[0]}, csr, {names[1]}"
    return ", ".join(names)


def encoding(insn):
    """All 32 bits, most significant first: fixed bits as digits, fields by name."""
    fields = {}
    for msb, width, name in _FREE.get(insn.format, []):
        fields[msb] = (width, name)
    for operand in insn.operands:
        place = _REGISTER.get(OPERAND_FIELD[operand])
        if place:
            msb, width = place
            if insn.format in ("MMA", "MRD", "MWR", "MMAM") and operand.startswith("acc"):
                msb, width = msb - 2, 3
            fields[msb] = (width, operand)
    fixed = {msb: width for _, msb, width in FORMATS[insn.format]}
    parts, bit = [], 31
    while bit >= 0:
        if bit in fields:
            width, name = fields[bit]
            parts.append(name)
        else:
            width = fixed[bit]
            parts.append(f"{(insn.match >> (bit - width + 1)) & ((1 << width) - 1):0{width}b}")
        bit -= width
    return " ".join(parts)


def quotes(isa):
    """{operation: what the golden simulator computes in its case, or the file where that does not fit a row}."""
    names = {insn.op: insn.name for insn in isa.instructions}
    found = {}
    for name in _GOLDEN_FILES:
        text = (_GOLDEN / name).read_text(encoding="utf-8")
        # Labels of one case, then its statements up to the next label or the end of the switch.
        for labels, body in re.findall(r"((?:case (?:isa::)?Op::\w+:\s*)+)(.*?)(?=\n\s*case |\n\s*default:|\n\s*\})", text, re.S):
            quote = re.sub(r"^return\b|;$|;?\s*break;$", "", " ".join(re.sub(r"//[^\n]*", "", body).split())).strip().rstrip(";")
            alias = re.fullmatch(r"Op::(\w+)", quote)
            if alias:
                quote = f"as {names[alias[1]]}"
            for op in re.findall(r"Op::(\w+)", labels):
                found.setdefault(op, f"`{quote}`" if 0 < len(quote) <= _LONGEST_QUOTE and name not in _LONG_FILES else f"{name}")
    return found


def _escape(text):
    return text.replace("|", "\\|")


def render(isa):
    """The manual."""
    sections, golden = [], quotes(isa)
    for unit in isa.units:
        rows = []
        for insn in isa.instructions:
            if insn.unit == unit:
                rows.append(f"| `{(insn.name + ' ' + syntax(insn)).strip()}` | `{encoding(insn)}` | {_escape(insn.doc)} | {_escape(golden.get(insn.op) or _UNIT_FILES[unit])} |")
        sections.append("\n".join([f"### {_UNIT_TITLES[unit]}", "", "| instruction | encoding | meaning | golden model |", "|---|---|---|---|", *rows]))
    operands = "\n".join(f"| `{name}` | {_escape(doc)} |" for name, doc in isa.operands.items())
    csrs = "\n".join(f"| `{csr.name}` | 0x{csr.number:03x} | {csr.access} | {_escape(csr.doc)} |" for csr in isa.csrs)
    return fill("isa.md.in", VERSION=str(isa.version), OPERANDS=operands, INSTRUCTIONS="\n\n".join(sections), CSRS=csrs)
