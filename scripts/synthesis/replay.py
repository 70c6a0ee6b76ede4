# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What went in and out of one instance in a wave of the machine, and a bench that replays it on the instance's netlist.

The bench gives the netlist the recorded inputs, cycle by cycle, compares the outputs with the recorded ones, and lets Verilator
count how often every net changes (SAIF).
"""

import dataclasses
import re

import pywellen

from .common import FlowError, run

MOST_CYCLES = 65536
BENCH = """// Made by scripts/synthesis/replay.py; do not edit.
/* verilator lint_off DECLFILENAME */
module replay;
  logic clk = 0;
  logic [{width}-1:0] cycles [{most}];
  string memory, saif;
  int count;
  logic [{width}-1:0] cycle;
{declarations}
  {module} u_dut ({clocks}{connections});
  initial begin
    if (!$value$plusargs("memory=%s", memory) || !$value$plusargs("saif=%s", saif) || !$value$plusargs("count=%d", count))
      $fatal(1, "+memory=, +saif= and +count= are missing");
    $dumpfile(saif);
    $dumpvars(0, u_dut);
    $readmemh(memory, cycles);
    for (int i = 0; i < count; ++i) begin
      cycle = cycles[i];
      #1;
{checks}
      clk = 1;
      #1;
      clk = 0;
    end
    $finish;
  end
endmodule
"""


@dataclasses.dataclass
class Recording:
    """The ports but the clocks, at each rising edge of the instance's clock: one number, with the first port in its lowest bits."""

    rows: list
    work: int  # how often the signals that stand for a piece of work were high


def netlist_ports(text, module):
    """(clocks, {name: (is an output, width)}) of a module of a netlist."""
    body = re.search(rf"^module {re.escape(module)}\(.*?^endmodule", text, re.S | re.M)
    if not body:
        raise FlowError(f"the netlist has no module {module}")
    ports = {name: (direction == "output", int(high or 0) + 1)
             for direction, high, name in re.findall(r"^  (input|output) (?:\[(\d+):0\] )?(\w+);", body[0], re.M)}
    clocks = [name for name in ports if re.fullmatch(r"clk\w*_i", name)]
    return clocks, {name: port for name, port in ports.items() if name not in clocks}


def record(wave, instance, clocks, ports, work):
    """Reads the ports of an instance; the fields of a structure are variables of their own, the upper bits first. `work` names, by a pattern, signals
    that stand for a piece of work when a bit of `mask` is set."""
    signals, workers = {}, []
    for variable in pywellen.Waveform(str(wave)).all_vars():
        name = variable.full_name
        if name.startswith(instance + "."):
            name = name[len(instance) + 1:]
            signals.setdefault(name.split(".")[0], []).append(variable)
            workers += [variable] if re.fullmatch(work["signal"], name) else []
    for name, (_, width) in ports.items():
        if sum(variable.bitwidth for variable in signals.get(name, [])) != width:
            raise FlowError(f"{wave}: the bits of port {name} of {instance} are not those of the netlist ({width})")
    edges = [time for time, value in changes(signals[clocks[0]][0]) if value == 1]
    rows = sampled([variable for name in reversed(ports) for variable in signals[name]], edges)
    done = sum(value & work["mask"] != 0 for worker in workers for value in sampled([worker], edges))
    return Recording(rows, done)


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


def build(module, clocks, ports, checks, netlist, options, out):
    """Builds the bench of a netlist in a folder, once for all its runs; returns the program. `checks`: {output to compare: [port,
    bit] after whose first 1 it counts}. Code is made once for each module of the netlist, with the cells in it."""
    places, connections, declarations, offset = {}, [], [], 0
    for name, (output, width) in ports.items():
        places[name] = offset
        connections.append(f".{name}({name if output else f'cycle[{offset} +: {width}]'})")
        if output:
            declarations.append(f"  wire [{width - 1}:0] {name};")
        offset += width
    tests = []
    for name, (valid, bit) in checks.items():
        declarations.append(f"  logic {name}_counts = 0;")
        expected = f"cycle[{places[name]} +: {ports[name][1]}]"
        tests.append(f'      if ({name}_counts && {name} !== {expected}) $fatal(1, "cycle %0d: {name}: expected %h, got %h", i, {expected}, {name});')
        tests.append(f"      {name}_counts |= cycle[{places[valid]} + {bit}];")
    out.mkdir(parents=True, exist_ok=True)
    bench = out / "replay.sv"
    bench.write_text(BENCH.format(width=offset, most=MOST_CYCLES, declarations="\n".join(declarations), module=module,
                                  clocks="".join(f".{clock}(clk), " for clock in clocks), connections=", ".join(connections), checks="\n".join(tests)),
                     encoding="utf-8")
    run([options.verilator, "--binary", "--trace-saif", "--trace-underscore", "-O3", "-CFLAGS", "-std=c++20", "-MAKEFLAGS", f"{options.make_arguments} OPT_FAST=-O0",
         "-LDFLAGS", "-latomic", "--output-split", "20000", "-Wno-fatal", "-Wno-lint", "--x-initial", "unique", "--top-module", "replay",
         "--Mdir", str(out / "obj"), str(bench.resolve()), str(netlist.resolve())],
        out / "build.log", f"building the replay of {netlist}")
    return out / "obj" / "Vreplay"


def replay(program, recording, out):
    """Replays a recording; returns the SAIF file."""
    if len(recording.rows) > MOST_CYCLES:
        raise FlowError(f"the wave has {len(recording.rows)} cycles; a replay takes up to {MOST_CYCLES}")
    memory, saif = out / "cycles.hex", out / "activity.saif"
    memory.write_text("".join(f"{row:x}\n" for row in recording.rows), encoding="utf-8")
    arguments = [f"+memory={memory.resolve()}", f"+saif={saif.resolve()}", f"+count={len(recording.rows)}"]
    run([str(program.resolve()), *arguments], out / "replay.log", f"the replay of {memory} on the netlist")
    return saif
