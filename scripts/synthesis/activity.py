# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""How often every net of a netlist changes from one cycle to the next: without delay, two-valued, all gates of a kind and level at once."""

import dataclasses
import itertools

import numpy

from .cell_models import functions as cell_functions
from .common import FlowError

MOST_LEVELS = 1000


@dataclasses.dataclass
class Flat:
    """A netlist without hierarchy; the names of blocks and what is in them are joined by /. Nets are numbers, 0 and 1 are constant."""

    cells: list  # (name, kind, {pin: net})
    ports: dict  # {port: [net]}, the lowest bit first
    names: list  # (net, name of a signal or of a bit of it)


def flatten(modules, top):
    """`modules` is what Yosys writes as JSON."""
    numbers = itertools.count(2)
    nets = {bit: next(numbers) for port in modules[top]["ports"].values() for bit in port["bits"]}
    flat = Flat([], {name: [nets[bit] for bit in port["bits"]] for name, port in modules[top]["ports"].items()}, [])
    waiting = [(top, "", nets)]
    while waiting:
        module, path, nets = waiting.pop()
        nets |= {"0": 0, "1": 1, "x": 0}
        for name, cell in modules[module]["cells"].items():
            kind, pins = cell["type"], {}
            for pin, bits in cell["connections"].items():
                pins[pin] = [nets[bit] if bit in nets else nets.setdefault(bit, next(numbers)) for bit in bits]
            if modules[kind]["cells"]:
                inner = modules[kind]["ports"]
                waiting.append((kind, f"{path}{name}/", {bit: net for pin, outer in pins.items() for bit, net in zip(inner[pin]["bits"], outer)}))
            else:
                flat.cells.append((path + name, kind, {pin: outer[0] for pin, outer in pins.items() if outer}))
        for name, entry in modules[module]["netnames"].items():
            bits = entry["bits"]
            flat.names += [(nets.get(bit), path + (name if len(bits) == 1 else f"{name}[{place}]")) for place, bit in enumerate(bits)]
    return flat


def in_order(gates, nets):
    """Gates [(function, outputs, {input: nets})] of `nets` nets, in an order in which each finds its inputs ready."""
    level = numpy.zeros(nets, int)
    for _ in range(MOST_LEVELS):
        before = level.copy()
        for _, out, pins in gates:
            level[out] = 1 + numpy.max([level[inputs] for inputs in pins.values()], axis=0)
        if (level == before).all():
            break
    else:
        raise FlowError(f"the netlist has a combinational loop, or paths of more than {MOST_LEVELS} gates")
    steps = []
    for function, out, pins in gates:
        for depth in numpy.unique(level[out]):
            chosen = level[out] == depth
            steps.append((depth, function, out[chosen], {name: inputs[chosen] for name, inputs in pins.items()}))
    return [step[1:] for step in sorted(steps, key=lambda step: step[0])]


class Gates:
    """A netlist that is stepped cycle by cycle. `kinds` are those of its cells, {cell: kind}, `names` those of its registers, {net: [name]}; `counts` holds the changes of every net."""

    def __init__(self, modules, top, liberty, clocks):
        flat = flatten(modules, top)
        functions, loaded = cell_functions(liberty)
        clock_nets = {flat.ports[clock][0] for clock in clocks}
        self.ports, self.kinds, self.outputs, groups = flat.ports, {name: kind for name, kind, _ in flat.cells}, {}, {}
        for name, kind, pins in flat.cells:
            if kind not in functions:
                raise FlowError(f"cell {name} is a {kind}, which has no model of its activity")
            if kind in loaded and pins["CLK"] not in clock_nets:
                raise FlowError(f"register {name} has another clock than {' and '.join(clocks)}")
            inputs = {pin: net for pin, net in pins.items() if pin not in functions[kind]}
            self.outputs[name] = [net for pin, net in pins.items() if pin in functions[kind]]
            for pin, function in functions[kind].items():
                if pin in pins:
                    groups.setdefault((kind, function), []).append((pins[pin], inputs))
        registers, gates = [], []
        for (kind, function), members in groups.items():
            inputs = {pin: numpy.array([pins[pin] for _, pins in members]) for pin in members[0][1]}
            (registers if kind in loaded else gates).append((compile(function, kind, "eval"), numpy.array([out for out, _ in members]), inputs))
        self.values = numpy.zeros(2 + max(max(pins.values()) for _, _, pins in flat.cells), bool)
        self.values[1] = True
        self.registers, self.gates = registers, in_order(gates, len(self.values))
        self.counts = numpy.zeros(len(self.values), int)
        self.names = {net: [] for _, out, _ in registers for net in out.tolist()}
        for net, name in flat.names:
            if net in self.names:
                self.names[net].append(name)

    def _result(self, function, inputs):
        return eval(function, {pin: self.values[nets] for pin, nets in inputs.items()})  # a function of the liberty file

    def _settle(self):
        for function, out, inputs in self.gates:
            self.values[out] = self._result(function, inputs)

    def begin(self, nets, bits):
        """The first cycle: these bits at the nets of registers and inputs, 0 at those of the others. Changes are counted from here on."""
        self.values[2:] = False
        self.values[nets] = bits
        self._settle()
        self.counts[:] = 0

    def step(self, nets, bits):
        """The next cycle: a rising edge, and behind it these bits at the nets of inputs."""
        before = self.values.copy()
        for out, value in [(out, self._result(function, inputs)) for function, out, inputs in self.registers]:
            self.values[out] = value
        self.values[nets] = bits
        self._settle()
        self.counts += self.values != before

    def changes(self):
        """{cell: changes of its outputs, on average}."""
        return {name: float(self.counts[nets].mean()) for name, nets in self.outputs.items()}
