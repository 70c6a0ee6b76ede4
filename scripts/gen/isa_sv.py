# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""isa_pkg.sv: codes, CSR numbers and the decoder."""

from .common import camel, fill
from .isa import IMMEDIATES

_FLAG_NAMES = {
    "reads_xs1": "ReadsXs1", "reads_xs2": "ReadsXs2", "writes_xd": "WritesXd", "reads_vs1": "ReadsVs1", "reads_vs2": "ReadsVs2",
    "reads_vd": "ReadsVd", "writes_vd": "WritesVd", "reads_acc": "ReadsAcc", "writes_acc": "WritesAcc", "reads_mem": "ReadsMem",
}
_OPCODE_MASK = 0x7F
_FUNCT3_MASK = 0x7000
_FUNCT7_MASK = 0xFE000000


def _enum(prefix, names, width):
    rows = [f"    {prefix}{name} = {width}'d{value}" for value, name in enumerate(names)]
    return ",\n".join(rows)


def _row(insn):
    flags = " | ".join(_FLAG_NAMES[flag] for flag in insn.flags) or "'0"
    return f"r = row(Op{insn.op}, Unit{camel(insn.unit)}, Imm{insn.immediate}, {flags});"


def _group(insns, key):
    groups = {}
    for insn in insns:
        groups.setdefault(key(insn), []).append(insn)
    return sorted(groups.items())


def _leaf(insns, indent):
    """Decodes instructions that share opcode and funct3, when they have one."""
    pad = " " * indent
    rest = ~(_OPCODE_MASK | _FUNCT3_MASK) & 0xFFFFFFFF
    if len(insns) == 1 and not insns[0].mask & rest:
        return [pad + _row(insns[0])]
    lines = []
    for i, insn in enumerate(insns):
        lines.append(f"{pad}{'else ' if i else ''}if ((insn & 32'h{insn.mask:08x}) == 32'h{insn.match:08x}) begin")
        lines.append(f"{pad}  {_row(insn)}")
        lines.append(f"{pad}end")
    return _joined(lines)


def _joined(lines):
    """Puts `end` and the following `else` on one line."""
    out = []
    for line in lines:
        if line.lstrip().startswith("else ") and out and out[-1].strip() == "end":
            out[-1] += " " + line.lstrip()
        else:
            out.append(line)
    return out


def _funct7_case(insns, indent):
    """Decodes by funct7 where every instruction fixes it, which is cheaper than comparing in turn."""
    if len(insns) < 3 or any(insn.mask & _FUNCT7_MASK != _FUNCT7_MASK for insn in insns):
        return _leaf(insns, indent)
    pad = " " * indent
    lines = [f"{pad}unique case (insn[31:25])"]
    for funct7, group in _group(insns, lambda insn: insn.match >> 25):
        fixed = _OPCODE_MASK | _FUNCT3_MASK | _FUNCT7_MASK
        if len(group) == 1 and not group[0].mask & ~fixed:
            lines.append(f"{pad}  7'b{funct7:07b}: {_row(group[0])}")
        else:
            lines += [f"{pad}  7'b{funct7:07b}: begin", *_leaf(group, indent + 4), f"{pad}  end"]
    return [*lines, f"{pad}  default: ;", f"{pad}endcase"]


def _decode_cases(insns):
    lines = ["    unique case (insn[6:0])"]
    for opcode, group in _group(insns, lambda insn: insn.match & _OPCODE_MASK):
        if any(insn.mask & _FUNCT3_MASK != _FUNCT3_MASK for insn in group):
            lines += [f"      7'b{opcode:07b}: begin", *_leaf(group, 8), "      end"]
            continue
        lines += [f"      7'b{opcode:07b}: begin", "        unique case (insn[14:12])"]
        for funct3, members in _group(group, lambda insn: (insn.match >> 12) & 7):
            body = _funct7_case(members, 12)
            if len(body) == 1:
                lines.append(f"          3'b{funct3:03b}: {body[0].strip()}")
            else:
                lines += [f"          3'b{funct3:03b}: begin", *body, "          end"]
        lines += ["          default: ;", "        endcase", "      end"]
    return "\n".join([*lines, "      default: ;", "    endcase"])


def render(isa):
    """The whole package."""
    csrs = "\n".join(f"  localparam logic [11:0] Csr{camel(csr.name)} = 12'h{csr.number:03x};" for csr in isa.csrs)
    op_bits = max(1, (len(isa.instructions) - 1).bit_length())
    unit_bits = max(1, (len(isa.units) - 1).bit_length())
    imm_bits = (len(IMMEDIATES) - 1).bit_length()
    flags = "\n".join(f"  localparam logic [{len(_FLAG_NAMES) - 1}:0] {name} = 10'b{1 << i:010b};" for i, name in enumerate(_FLAG_NAMES.values()))
    return fill(
        "isa_pkg.sv.in",
        VERSION=str(isa.version),
        COUNTER_COUNT=str(len(isa.counters)), OP_COUNT=str(len(isa.instructions)),
        COUNTERS=",\n".join(f"    Count{camel(name)} = {i}" for i, name in enumerate(isa.counters)),
        OP_MSB=str(op_bits - 1), OPS=_enum("Op", [insn.op for insn in isa.instructions], op_bits),
        UNIT_MSB=str(unit_bits - 1), UNITS=_enum("Unit", [camel(unit) for unit in isa.units], unit_bits),
        IMM_MSB=str(imm_bits - 1), IMMS=_enum("Imm", IMMEDIATES, imm_bits),
        FLAGS=flags, CSRS=csrs, CASES=_decode_cases(isa.instructions))
