# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Mapped netlists with the models of their cells, as Verilator reads them: in place of the RTL of the same modules."""

import pathlib
import re

from .cell_models import models
from .common import FlowError, write_changed

TECHNOLOGY = "osu018"
RTL = pathlib.Path("rtl")


def _header(module):
    """The RTL of a module up to the end of its ports."""
    source = next(RTL.rglob(f"{module}.sv"))
    header = re.search(rf"^module {module}\b.*?^\);", source.read_text(encoding="utf-8"), re.S | re.M)
    if not header:
        raise FlowError(f"{source} has no module {module} whose ports end in a line of their own")
    return header[0]


def macro(variant, module, values):
    """A memory macro under the name that it has in netlists: the RTL with these parameters."""
    header = _header(module).replace(f"module {module}", f"module {variant}", 1)
    for name, value in values.items():
        header = re.sub(rf"\b({name} *= *)\d+", rf"\g<1>{value}", header, count=1)
    parameters = ", ".join(f".{name}({name})" for name in values)
    return f"{header}\n  {module} #({parameters}) u_macro (.*);\nendmodule\n"


def shell(module):
    """A module with the ports of the RTL around its netlist, `<module>_gates`, whose ports are plain vectors: arrays go in and out as streams of
    their elements."""
    header = _header(module)
    inner, connections = [], []
    for direction, name, array in re.findall(r"^  (input|output)\s[^/\n]*?(\w+)\s*(\[[^\]]*\])?\s*,?\s*(?://.*)?$", header, re.M):
        if not array:
            connections.append(f".{name}({name})")
        elif direction == "input":
            connections.append(f".{name}({{>>{{{name}}}}})")
        else:
            inner.append(f"  wire [$bits({name})-1:0] {name}_bits;\n  assign {{>>{{{name}}}}} = {name}_bits;")
            connections.append(f".{name}({name}_bits)")
    return "\n".join([header, *inner, f"  {module}_gates u_gates (", "    " + ",\n    ".join(connections), "  );", "endmodule", ""])


def _texts(flow, units):
    """The netlists of units by name, and the models of their cells. Code for a unit is made once, not for each of its instances."""
    texts = {unit.name: re.sub(r"^(module [^;]*;)", r"\1 /* verilator no_inline_module */", (folder / "netlist.v").read_text(encoding="utf-8"), flags=re.M)
             for unit, folder in units}
    return texts, models(pathlib.Path(flow.catalog.technologies[TECHNOLOGY]["liberty"]))


def _join(texts, cells):
    """One file. In a netlist, bits of a port may follow from other bits of it: no loop, though it looks like one by signals."""
    return "\n".join(["/* verilator lint_off DECLFILENAME */", "/* verilator lint_off UNOPTFLAT */", *texts.values(), cells])


def write_gates(flow, top, modules, out):
    """Maps a top, or only some modules inside it, and writes them in shells with the ports of the RTL; what they hold is mapped, too. Returns the file."""
    units = flow.elaborate(top, modules or ())
    own = next(iter(units))
    shells = modules or [own]
    waiting, found = list(shells), {}
    while waiting:
        name = waiting.pop()
        if name in units and name not in found:
            found[name] = flow.map(units[name], TECHNOLOGY, inside=name != own)
            waiting += units[name].children
    texts, cells = _texts(flow, ((units[name], folder) for name, folder in found.items()))
    for name in shells:
        module = flow.catalog.tops[top]["module"] if name == own else name
        texts[name] = texts[name].replace(f"module {name}(", f"module {module}_gates(") + shell(module)
    texts |= {variant: macro(variant, *kind) for variant, kind in flow.macro_kinds({name: units[name] for name in found}).items()}
    return write_changed(out / "netlist.v", _join(texts, cells))


def with_fault(path, register, out):
    """A copy of a netlist with a broken gate: one register takes nothing but 0. Returns the file."""
    gate = rf"(  DFF\w+ \\{re.escape(register)}\\DFF\w+  \(\s*\.CLK\([^)]*\),\s*\.D\()[^)]*"
    text, count = re.subn(gate, r"\g<1>1'h0", path.read_text(encoding="utf-8"))
    if count != 1:
        raise FlowError(f"{path} has {count} registers {register}, and should have one")
    return write_changed(out / "netlist.v", text)


def with_exchange(path, out):
    """A copy of a netlist with a broken gate: the last NAND is a NOR. Returns the file and what was done."""
    head, found, rest = path.read_text(encoding="utf-8").rpartition("  NAND2X1 ")
    if not found:
        raise FlowError(f"{path} has no NAND2X1 to break")
    return write_changed(out / "netlist.v", head + "  NOR2X1 " + rest), f"NAND {rest.split()[0]} as NOR"
