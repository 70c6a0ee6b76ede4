# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A ring of registers around a module that has more ports than a device has pins.

Every input comes from a register of one long shift register; the outputs are folded by fours, a register behind each XOR, until one
bit is left. So nothing inside is constant or unused, and every path from or to a port is one from or to a register next to it. The ring
consists of mapped cells: one register per input, about a third of a LUT and of a register per output.
"""

import re

_FF = 'TRELLIS_FF #(.GSR("DISABLED"), .CEMUX("1"), .CLKMUX("CLK"), .LSRMUX("LSR"), .SRMODE("LSR_OVER_CE"), .REGSET("RESET"))'


def ports(text, module):
    """[(name, is an input, width)] of a module in RTLIL."""
    body = re.search(rf"^module \\{re.escape(module)}\n(.*?)^end\n", text, re.M | re.S)[1]
    found = re.findall(r"^  wire(?: width (\d+))?(?: offset -?\d+)?(?: upto)?(?: signed)? (input|output) \d+(?: signed)? \\(\S+)$", body, re.M)
    return [(name, direction == "input", int(width or 1)) for width, direction, name in found]


def _fold(name, width, lines):
    """Levels of XORs with registers from a vector to `scan_o`."""
    level = 0
    while width > 1:
        count = (width + 3) // 4
        target = f"fold{level}"
        lines.append(f"  wire [{count - 1}:0] {target}, {target}_d;")
        for i in range(count):
            bits = [f"{name}[{4 * i + k}]" if 4 * i + k < width else "1'b0" for k in range(4)]
            lines.append(f"  LUT4 #(.INIT(16'h6996)) {target}_xor{i} (.A({bits[0]}), .B({bits[1]}), .C({bits[2]}), .D({bits[3]}), .Z({target}_d[{i}]));")
            lines.append(f"  {_FF} {target}_ff{i} (.CLK(clk_i), .LSR(1'b0), .CE(1'b1), .DI({target}_d[{i}]), .Q({target}[{i}]));")
        name, width, level = target, count, level + 1
    lines.append(f"  assign scan_o = {name}[0];")


def ring(module, interface):
    """The Verilog of module `ring` around a module."""
    lines, inputs, outputs, connections = [], 0, 0, []
    for name, is_input, width in interface:
        if re.fullmatch(r"clk\w*", name):
            connections.append(f".{name}(clk_i)")
        elif is_input:
            connections.append(f".{name}(chain[{inputs + width}:{inputs + 1}])")
            inputs += width
        else:
            connections.append(f".{name}(out[{outputs + width - 1}:{outputs}])")
            outputs += width
    lines += ["module ring (input clk_i, input scan_i, output scan_o);", f"  wire [{inputs}:0] chain;", f"  wire [{outputs - 1}:0] out;",
              "  assign chain[0] = scan_i;"]
    lines += [f"  {_FF} chain_ff{i} (.CLK(clk_i), .LSR(1'b0), .CE(1'b1), .DI(chain[{i}]), .Q(chain[{i + 1}]));" for i in range(inputs)]
    lines.append(f"  {module} dut ({', '.join(connections)});")
    _fold("out", outputs, lines)
    return "\n".join([*lines, "endmodule", ""])
