# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What went in and out of one instance in a wave of the machine, and its replay on the instance's netlist.

A replay begins with the registers as they are in the wave, as far as it has signals of their names; others begin as 0. Then the netlist is
given the recorded inputs, cycle by cycle, and its outputs are compared with the recorded ones.
"""

import dataclasses
import functools
import itertools
import re

import numpy
import pywellen

from .common import FlowError


@dataclasses.dataclass
class Recording:
    """What is just before the rising edges of the instance's clock."""

    rows: list  # the ports but the clocks, per edge: one number, with the first port in its lowest bits
    start: dict  # {net of a register: its bit} before the first edge
    work: int  # how often the signals that stand for a piece of work were high


def signals_of(wave, instance):
    """{name of a signal: its variables}, the upper bits first: the fields of a structure and the elements of an array are variables of their own."""
    found = {}
    for variable in pywellen.Waveform(str(wave)).all_vars():
        if variable.full_name.startswith(instance + "."):
            name = variable.full_name[len(instance) + 1:].replace(".[", "[")
            for end in [match.start() for match in re.finditer(r"[.\[]|$", name)]:
                found.setdefault(name[:end], []).append(variable)
    return found


def record(wave, instance, gates, clocks, ports, work):
    """Reads the ports of an instance and the registers of its netlist (activity.Gates). `work` names, by a pattern, signals that stand for a piece of
    work when a bit of `mask` is set."""
    signals = signals_of(wave, instance)
    for name, (_, width) in ports.items():
        if width_of(signals.get(name, [])) != width:
            raise FlowError(f"{wave}: the bits of port {name} of {instance} are not those of the netlist ({width})")
    steps = changes(signals[clocks[0]][0])
    edges = [time for (_, before), (time, after) in itertools.pairwise(steps) if (before, after) == (0, 1)]
    rows = sampled([variable for name in reversed(ports) for variable in signals[name]], edges)
    start = bits_before(signals, gates.names, edges[:1])
    workers = [variables for name, variables in signals.items() if re.fullmatch(work["signal"], name)]
    done = sum(value & work["mask"] != 0 for variables in workers for value in sampled(variables, edges))
    return Recording(rows, start, done)


def width_of(variables):
    """Their bits."""
    return sum(variable.bitwidth for variable in variables)


def split(name):
    """A name of a netlist as signal and bit."""
    signal, bit = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", name.replace("/", ".")).groups()
    return signal, int(bit or 0)


def bits_before(signals, names, edge):
    """{net: bit} before an edge, of those nets {net: [name]} that are signals or bits of them. Synthesis may join words of a memory: the bits of
    its word `rows[0]` then go on in the next rows."""
    found, highest = {}, {}
    for signal, bit in map(split, itertools.chain(*names.values())):
        highest[signal] = max(highest.get(signal, 0), bit)
    read = functools.cache(lambda signal: sampled(signals[signal], edge)[0])
    for net, (signal, bit) in ((net, split(name)) for net, several in names.items() for name in several):
        width = width_of(signals.get(signal, []))
        if 0 < width <= highest[signal]:
            memory, word = split(signal)
            signal, bit = f"{memory}[{word * (highest[signal] // width + 1) + bit // width}]", bit % width
        if bit < width_of(signals.get(signal, [])):
            found[net] = read(signal) >> bit & 1
    return found


def changes(variable):
    """(time, value) at every change."""
    signal = variable.signal
    return [signal[i] for i in range(len(signal))]


def sampled(variables, edges):
    """The value of these variables, joined, the first one uppermost, just before each edge."""
    result = [0] * len(edges)
    for variable in variables:
        steps, at, value, column = changes(variable), 0, 0, []
        for edge in edges:
            while at < len(steps) and steps[at][0] < edge:
                value, at = steps[at][1], at + 1
            column.append(value)
        result = [upper << variable.bitwidth | part for upper, part in zip(result, column)]
    return result


def replay(gates, ports, recording, valid):
    """Steps a netlist through a recording. `valid`: {bits of an output: bit without which they do not count}, as `port[high:low]` and `port[bit]`."""
    first = dict(zip(ports, itertools.accumulate((width for _, width in ports.values()), initial=0)))
    nets = numpy.array([net for name in ports for net in gates.ports[name]])
    inputs = numpy.repeat([not output for output, _ in ports.values()], [width for _, width in ports.values()])
    conditions = []
    for part, condition in valid.items():
        name, high, low = re.fullmatch(r"(\w+)\[(\d+):(\d+)\]", part).groups()
        port, bit = re.fullmatch(r"(\w+)\[(\d+)\]", condition).groups()
        conditions.append((slice(first[name] + int(low), first[name] + int(high) + 1), first[port] + int(bit)))
    for number, row in enumerate(recording.rows):
        packed = numpy.frombuffer(row.to_bytes((len(nets) + 7) // 8, "little"), numpy.uint8)
        bits = numpy.unpackbits(packed, bitorder="little")[: len(nets)].astype(bool)
        if number:
            gates.step(nets[inputs], bits[inputs])
        else:
            gates.begin([*nets[inputs], *recording.start], [*bits[inputs], *recording.start.values()])
        wrong = (gates.values[nets] != bits) & ~inputs
        for part, condition in conditions:
            wrong[part] &= bits[condition]
        if wrong.any():
            at = int(wrong.argmax())
            name, place = next((name, place) for name, place in reversed(first.items()) if place <= at)
            raise FlowError(f"cycle {number}: {name}[{at - place}] of the netlist is {int(gates.values[nets[at]])}, in the waveform {int(bits[at])}; {wrong.sum()} bits are wrong")
