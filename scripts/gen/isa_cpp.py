# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""isa.hpp (C++ codes, encoder, decoder, disassembler) and tatami_insn.h (`.insn` macros for programs)."""

from .common import camel, fill
from .isa import FLAGS, FORMATS, IMMEDIATES
from .isa_docs import syntax


def render_cpp(isa):
    """The C++ header."""
    rows = []
    for insn in isa.instructions:
        flags = " | ".join(f"detail::k{camel(flag)}" for flag in insn.flags) or "0"
        rows.append(f'    {{"{insn.name}", "{syntax(insn)}", 0x{insn.match:08x}, 0x{insn.mask:08x}, Format::{camel(insn.format)}, '
                    f"Unit::{camel(insn.unit)}, Immediate::{insn.immediate}, {flags}}},")
    return fill(
        "isa.hpp.in",
        VERSION=str(isa.version),
        OPS="\n".join(f"  {insn.op}," for insn in isa.instructions),
        UNITS=", ".join(camel(unit) for unit in isa.units),
        FORMATS=", ".join(camel(form) for form in FORMATS),
        IMMS=", ".join(IMMEDIATES),
        FLAGS="\n".join(f"inline constexpr unsigned k{camel(flag)} = 1u << {i};" for i, flag in enumerate(FLAGS)),
        CSRS="\n".join(f"inline constexpr unsigned {csr.name} = 0x{csr.number:03x};  ///< {csr.doc}" for csr in isa.csrs),
        COUNTER_COUNT=str(len(isa.counters)), COUNTERS=", ".join(f'"{name}"' for name in isa.counters),
        COUNTER_OPS=", ".join(camel(name) for name in isa.counters),
        CSR_ROWS="\n".join(f'    {{csr::{csr.name}, "{csr.name}"}},' for csr in isa.csrs),
        COUNT=str(len(isa.instructions)), ROWS="\n".join(rows))


_PREFIX = {"vd": "x", "vdx": "x", "vs1": "x", "vs2": "x", "vs3": "x", "acc": "x", "accx": "x", "accs": "x", "lane": "x"}


def _insn_parts(insn, value):
    """The `.insn` directive's parts, with `value(operand)` for each operand of the instruction."""
    opcode = insn.match & 0x7F
    funct3 = (insn.match >> 12) & 7
    field = {"rd": "x0", "rs1": "x0", "rs2": "x0"}
    for operand in insn.operands:
        for name, members in (("rd", "xd vd vdx vs3 acc accx"), ("rs1", "xs1 vs1 accs xm1"), ("rs2", "xs2 vs2 lane xm2")):
            if operand in members.split():
                field[name] = value(operand)
    if insn.format == "I":
        return f"i 0x{opcode:02x}, {funct3}, {field['rd']}, {value('imm')}({field['rs1']})"
    if insn.format == "S":
        return f"s 0x{opcode:02x}, {funct3}, {field['rs2']}, {value('imm')}({field['rs1']})"
    funct7 = f"{insn.match >> 25}"
    if insn.format == "MMA":
        funct7 = value("tile")
    if insn.format in ("MRD", "MWR"):
        funct7 = f"{insn.match >> 27 << 2} + {value('part')}"
    if insn.format == "MMAM":
        funct7 = value("from")
    if insn.format == "LANE":
        funct7 = f"{insn.match >> 29 << 4} + {value('elem')}"
    if insn.format == "VLI":
        funct7 = value("off8")
    if insn.format == "VLQ":
        funct7 = f"{insn.match >> 31 << 6} + {value('off8')}"
    if insn.format == "CVT":
        funct7 = f"{insn.match >> 31 << 6} + {value('fmt')}"
    return f"r 0x{opcode:02x}, {funct3}, {funct7}, {field['rd']}, {field['rs1']}, {field['rs2']}"


def _asm_macro(insn):
    arguments = ", ".join(f"{name}:req" if name != "tile" else "tile=0" for name in insn.operands)
    parts = _insn_parts(insn, lambda operand: f"{_PREFIX.get(operand, '')}\\{operand}")
    return f"/* {insn.doc} */\n.macro {insn.name} {arguments}\n  .insn {parts}\n.endm"


def _c_macro(insn):
    """A statement, or an expression where a scalar register is written."""
    sources = [operand for operand in insn.operands if operand in ("xs1", "xs2", "xm1", "xm2")]
    writes = "xd" in insn.operands
    numbers = {operand: f"%{i + writes}" for i, operand in enumerate(sources)}

    def value(operand):
        if operand == "xd":
            return "%0"
        return numbers.get(operand) or f'{_PREFIX.get(operand, "")}" #{operand} "'

    text = f'".insn {_insn_parts(insn, value)}"'.replace(' ""', "")
    inputs = ", ".join(f'"r"((unsigned long)({operand}))' for operand in sources)
    name = "tatami_" + insn.name.replace(".", "_")
    arguments = ", ".join(operand for operand in insn.operands if operand != "xd")
    if writes:
        body = f'({{ unsigned long xd_; __asm__ volatile({text} : "=r"(xd_) : {inputs} : "memory"); xd_; }})'
    else:
        body = f'__asm__ volatile({text} : : {inputs} : "memory")'
    return f"/* {insn.doc} */\n#define {name}({arguments}) \\\n  {body}"


def render_insn_header(isa):
    """Macros for every custom instruction, and for those of Zicond; the rest has its mnemonics in every assembler."""
    custom = [insn for insn in isa.instructions if insn.unit in ("SIMD", "FUNCTION", "MATRIX", "VLOAD", "VSTORE", "SYNC") or insn.name.startswith("czero")]
    return fill("tatami_insn.h.in", ASM="\n\n".join(map(_asm_macro, custom)), C="\n\n".join(map(_c_macro, custom)))
