# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The instruction table: reads and checks rtl/core/isa.json, computes each instruction's match and mask."""

import dataclasses
import re

from .common import camel, read_json, require, require_doc

# Fixed fields of each format: (field in the table, or literal bits; most significant bit; width).
_OPCODE = ("opcode", 6, 7)
_FUNCT3 = ("funct3", 14, 3)
_FUNCT7 = ("funct7", 31, 7)
FORMATS = {
    "R": [_FUNCT7, _FUNCT3, _OPCODE],
    "R1": [_FUNCT7, ("=00000", 24, 5), _FUNCT3, _OPCODE],
    "R2": [_FUNCT7, _FUNCT3, ("=00000", 11, 5), _OPCODE],
    "R1S": [_FUNCT7, ("=00000", 24, 5), _FUNCT3, ("=00000", 11, 5), _OPCODE],
    "I": [_FUNCT3, _OPCODE],
    "S": [_FUNCT3, _OPCODE],
    "B": [_FUNCT3, _OPCODE],
    "U": [_OPCODE],
    "J": [_OPCODE],
    "SHIFT": [("funct7", 31, 6), _FUNCT3, _OPCODE],
    "SHIFTW": [_FUNCT7, _FUNCT3, _OPCODE],
    "CSR": [_FUNCT3, _OPCODE],
    "FENCE": [_FUNCT3, _OPCODE],
    "EXACT": [("imm12", 31, 12), ("=00000", 19, 5), ("=000", 14, 3), ("=00000", 11, 5), _OPCODE],
    "MMA": [_FUNCT3, ("=00", 11, 2), _OPCODE],
    "MRD": [("funct5", 31, 5), ("=00000", 24, 5), ("=00", 19, 2), _FUNCT3, _OPCODE],
    "MWR": [("funct5", 31, 5), ("=00000", 24, 5), _FUNCT3, ("=00", 11, 2), _OPCODE],
    "VLI": [_FUNCT3, _OPCODE],
    "VLQ": [("funct1", 31, 1), _FUNCT3, _OPCODE],
    "CVT": [("funct1", 31, 1), ("=00000", 24, 5), _FUNCT3, _OPCODE],
    "LANE": [("funct7", 31, 3), _FUNCT3, _OPCODE],
    "MMAM": [_FUNCT3, ("=00", 11, 2), _OPCODE],
}

# What an operand does to the flags of the decoded instruction.
FLAGS = ["reads_xs1", "reads_xs2", "writes_xd", "reads_vs1", "reads_vs2", "reads_vd", "writes_vd", "reads_acc", "writes_acc", "reads_mem"]
OPERAND_FLAGS = {
    "xd": ["writes_xd"], "xs1": ["reads_xs1"], "xs2": ["reads_xs2"],
    "vd": ["writes_vd"], "vdx": ["reads_vd", "writes_vd"], "vs1": ["reads_vs1"], "vs2": ["reads_vs2"], "vs3": ["reads_vd"],
    "acc": ["writes_acc"], "accx": ["reads_acc", "writes_acc"], "accs": ["reads_acc"],
    "imm": [], "uimm": [], "csr": [], "lane": [], "part": [], "tile": [], "off8": [], "fmt": [], "elem": [], "from": [],
    "xm1": ["reads_xs1", "reads_mem"], "xm2": ["reads_xs2", "reads_mem"],
}

# Formats whose `imm` or `off8` operand has bits of its own; the immediate is named after the format.
_IMM_FORMATS = {"I": "I", "S": "S", "B": "B", "U": "U", "J": "J", "SHIFT": "Shamt", "SHIFTW": "Shamt", "VLI": "Off8", "VLQ": "Off8q"}
# The order of the immediates in the generated enums.
IMMEDIATES = ["None", "I", "S", "B", "U", "J", "Shamt", "Uimm", "Lane", "Off8", "Off8q", "Fmt", "Tile", "Elem", "From"]

# Source and destination fields that each format encodes; an operand must have a field to live in.
_FIELDS = {
    "R": "rd rs1 rs2", "R1": "rd rs1", "R2": "rs1 rs2", "R1S": "rs1", "I": "rd rs1 imm", "S": "rs1 rs2 imm", "B": "rs1 rs2 imm",
    "U": "rd imm", "J": "rd imm", "SHIFT": "rd rs1 imm", "SHIFTW": "rd rs1 imm", "CSR": "rd rs1 csr", "FENCE": "", "EXACT": "",
    "MMA": "rd rs1 rs2 tile", "MRD": "rd rs1 part", "MWR": "rd rs1 part", "VLI": "rd rs1 rs2 off8", "VLQ": "rd rs1 rs2 off8", "CVT": "rd rs1 fmt",
    "LANE": "rd rs1 rs2 elem", "MMAM": "rd rs1 rs2 from",
}
OPERAND_FIELD = {
    "xd": "rd", "vd": "rd", "vdx": "rd", "vs3": "rd", "acc": "rd", "accx": "rd", "xs1": "rs1", "vs1": "rs1", "accs": "rs1",
    "uimm": "rs1", "xs2": "rs2", "vs2": "rs2", "lane": "rs2", "imm": "imm", "csr": "csr", "part": "part", "tile": "tile", "off8": "off8", "fmt": "fmt",
    "xm1": "rs1", "xm2": "rs2", "elem": "elem", "from": "from",
}


# The RISC-V machine counters that count events, mhpmcounter3 (0xb03) to mhpmcounter31, and their selectors, mhpmevent3 (0x323) on.
_COUNTER_BASE, _EVENT_BASE, _FIRST_COUNTER, _LAST_COUNTER = 0xB00, 0x320, 3, 31
_MOST_COUNTERS = _LAST_COUNTER - _FIRST_COUNTER + 1


@dataclasses.dataclass(frozen=True)
class Instruction:
    """One instruction: an encoding matches when `word & mask == match`."""

    name: str
    format: str
    unit: str
    operands: tuple
    doc: str
    opcode: str
    match: int
    mask: int

    @property
    def op(self):
        return camel(self.name)

    @property
    def flags(self):
        wanted = {flag for operand in self.operands for flag in OPERAND_FLAGS[operand]}
        return [flag for flag in FLAGS if flag in wanted]

    @property
    def immediate(self):
        for operand, kind in (("lane", "Lane"), ("uimm", "Uimm"), ("fmt", "Fmt"), ("tile", "Tile"), ("elem", "Elem"), ("from", "From")):
            if operand in self.operands:
                return kind
        return _IMM_FORMATS[self.format] if {"imm", "off8"} & set(self.operands) else "None"


@dataclasses.dataclass(frozen=True)
class Csr:
    """One control and status register."""

    name: str
    number: int
    access: str
    doc: str


@dataclasses.dataclass(frozen=True)
class Isa:
    """The checked table."""

    title: str
    version: int
    units: list
    formats: dict
    operands: dict
    instructions: list
    csrs: list
    counters: list


def _instruction(path, entry, table):
    name = entry.get("name")
    require(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9]*(\.[a-z0-9]+)*", name), f"{path}: bad instruction name {name!r}")
    require_doc(path, entry, f"instruction {name}")
    form = entry.get("format")
    require(form in FORMATS and form in table["formats"], f"{path}: {name} has the unknown format {form!r}")
    require(entry.get("unit") in table["units"], f"{path}: {name} has the unknown unit {entry.get('unit')!r}")
    match = mask = 0
    used = {"name", "format", "unit", "operands", "doc"}
    for field, msb, width in FORMATS[form]:
        bits = field[1:] if field.startswith("=") else entry.get(field)
        used.add(field)
        require(isinstance(bits, str) and re.fullmatch(f"[01]{{{width}}}", bits),
                f"{path}: {name} needs {field} as a string of {width} bits, not {bits!r}")
        shift = msb - width + 1
        match |= int(bits, 2) << shift
        mask |= ((1 << width) - 1) << shift
    for key in entry:
        require(key in used, f"{path}: {name} has {key}, which its format {form} does not encode")
    operands = tuple(entry.get("operands", "").split())
    for operand in operands:
        require(operand in OPERAND_FLAGS and operand in table["operands"], f"{path}: {name} has the unknown operand {operand!r}")
        require(OPERAND_FIELD[operand] in _FIELDS[form].split(), f"{path}: {name}: format {form} has no field for operand {operand}")
    fields = [OPERAND_FIELD[operand] for operand in operands]
    require(len(set(fields)) == len(fields), f"{path}: {name} has two operands in one field")
    return Instruction(name, form, entry["unit"], operands, entry["doc"], entry["opcode"], match, mask)


def _csr(path, entry):
    name = entry.get("name")
    require(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9]*", name), f"{path}: bad CSR name {name!r}")
    require_doc(path, entry, f"CSR {name}")
    require(entry.get("access") in ("ro", "rw"), f"{path}: CSR {name} needs access ro or rw")
    number = entry.get("number")
    require(isinstance(number, str) and re.fullmatch(r"0x[0-9a-f]{3}", number), f"{path}: CSR {name} needs number as 0x and 3 hex digits")
    return Csr(name, int(number, 16), entry["access"], entry["doc"])


def load(path):
    """Reads and checks the table; raises TableError at the first rule it breaks."""
    table = read_json(path)
    for key, kind in (("isa", str), ("version", int), ("formats", dict), ("operands", dict), ("units", list), ("instructions", list), ("counters", list), ("csrs", list)):
        require(isinstance(table.get(key), kind), f"{path}: {key} is missing or not a {kind.__name__}")
    instructions = [_instruction(path, entry, table) for entry in table["instructions"]]
    names = {}
    for insn in instructions:
        require(insn.op not in names, f"{path}: {insn.name} stands twice")
        names[insn.op] = insn
    for i, a in enumerate(instructions):
        for b in instructions[i + 1:]:
            require((a.match ^ b.match) & a.mask & b.mask, f"{path}: the encodings of {a.name} and {b.name} overlap")
    counters = []
    for entry in table["counters"]:
        require(isinstance(entry.get("name"), str) and re.fullmatch(r"[a-z]+", entry["name"]), f"{path}: bad counter name {entry.get('name')!r}")
        require_doc(path, entry, f"counter {entry['name']}")
        counters.append(entry["name"])
    require(len(counters) <= _MOST_COUNTERS, f"{path}: more than {_MOST_COUNTERS} counters")
    csrs = [_csr(path, entry) for entry in table["csrs"]]
    csrs += [Csr(f"mhpmcounter{_FIRST_COUNTER + i}", _COUNTER_BASE + _FIRST_COUNTER + i, "ro", f"counter {entry['name']}: {entry['doc']}; writes are ignored")
             for i, entry in enumerate(table["counters"])]
    csrs += [Csr(f"mhpmcounter{i}", _COUNTER_BASE + i, "ro", "0") for i in range(_FIRST_COUNTER + len(counters), _LAST_COUNTER + 1)]
    csrs += [Csr(f"mhpmevent{i}", _EVENT_BASE + i, "ro", "0: what a counter counts is fixed") for i in range(_FIRST_COUNTER, _LAST_COUNTER + 1)]
    for i, a in enumerate(csrs):
        for b in csrs[i + 1:]:
            require(a.name != b.name and a.number != b.number, f"{path}: CSRs {a.name} and {b.name} share a name or number")
        require((a.number >> 10 == 3) <= (a.access == "ro"), f"{path}: CSR {a.name} has a read-only number but access rw")
    return Isa(table["isa"], table["version"], table["units"], table["formats"], table["operands"], instructions, csrs, counters)
