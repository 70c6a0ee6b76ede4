# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What the internal power that OpenSTA 2.0 gives is to be multiplied by, per kind of cell, to be that of the library's tables.

It charges a change of an output with the energies of rise and fall together, weighs the inputs by shares that do not add up to one,
and charges a clock cycle with two. So it is asked about one cell of each kind alone, whose energies are then taken from the tables as they are meant.
"""

import dataclasses
import re

from .cell_models import attribute, cells, functions, groups

LOAD_PF = 0.05  # of every output of a design, as in power.tcl.in; there, inputs have no slew


@dataclasses.dataclass
class Internal:
    """Of a cell, in pJ: of a change of each output (and of a register's input), and of a clock cycle."""

    change: float
    cycle: float


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:[eE]-?\d+)?", text)]


def between(xs, ys, x):
    """The value at x on the lines through these points, and on the first and last line beyond them."""
    at = max([i for i in range(len(xs) - 1) if xs[i] <= x], default=0)
    return ys[at] + (ys[at + 1] - ys[at]) * (x - xs[at]) / (xs[at + 1] - xs[at])


def energy(table):
    """That of a liberty table, by load and slew or by slew alone, at LOAD_PF and without slew."""
    axes = [numbers(axis) for _, axis in sorted(re.findall(r"index_(\d)\s*\(([^)]*)\)", table))]
    values = numbers(re.search(r"values\s*\(([^)]*)\)", table)[1])
    width = len(axes[-1])
    rows = [between(axes[-1], values[i:i + width], 0) for i in range(0, len(values), width)]
    return between(axes[0], rows, LOAD_PF) if len(axes) == 2 else rows[0]


def edges(pin):
    """Energies of a rise and a fall of a pin, on average over the pins that may cause it."""
    powers = [[energy(table) for _, table in groups(power, edge)] for edge in ("rise_power", "fall_power") for _, power in groups(pin, "internal_power")]
    return sum(map(sum, powers)) / max(1, len(powers) // 2)


def of_tables(body):
    """The Internal of a cell of a liberty file."""
    result = Internal(0, 0)
    for name, pin in groups(body, "pin"):
        if name == "CLK":
            result.cycle = edges(pin)
        else:
            result.change += edges(pin) / 2
    return result


def known_cells(liberty):
    """{kind: body} of the cells that logic synthesis uses."""
    known, _ = functions(liberty)
    return {kind: body for kind, body in cells(liberty) if kind in known}


def probe(liberty):
    """A netlist with one cell of each kind, `only_<kind>`, whose outputs are those of the module."""
    ports, lines = ["input clk"], []
    for kind, body in known_cells(liberty).items():
        nets = []
        for pin, group in groups(body, "pin"):
            nets.append(f".{pin}({'clk' if pin == 'CLK' else f'{kind}_{pin}'})")
            ports += [f"{attribute(group, 'direction')} {kind}_{pin}"] if pin != "CLK" else []
        lines.append(f"  {kind} only_{kind} ({', '.join(nets)});\n")
    names = ", ".join(port.split()[1] for port in ports)
    return f"module probe ({names});\n" + "".join(f"  {port};\n" for port in ports) + "".join(lines) + "endmodule\n"


def corrections(liberty, given):
    """{kind: Internal}, its fields as factors, from what OpenSTA says of the cells of the probe, {cell: Internal}."""
    result = {}
    for kind, body in known_cells(liberty).items():
        meant, said = of_tables(body), given[f"only_{kind}"]
        result[kind] = Internal(meant.change / said.change, meant.cycle / said.cycle if said.cycle else 1)
    return result
