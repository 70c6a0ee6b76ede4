# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The steps that run inside Yosys, each in a process of its own: `elaborate` and `map` of one module.

A child module that is a block or a macro stays a black box. Its instances are renamed to its variant, the module's name
followed by its parameters, so that each variant is a cell type of its own.
"""

import json
import pathlib
import sys

import pyosys.libyosys as ys


WARNINGS = ["-Wwidth-trunc", "-Wport-width-trunc"]


def variant(module, values):
    """The name of a module with these parameters."""
    return "_".join([module, *(str(value) for value in values)])


def box_cells(design, boxes, inside, top):
    """Renames instances of the boxes to their variants and drops their parameters; returns {variant: (module, values)}. `inside`
    are parameters that a box has wherever it stands."""
    found, example = {}, {}
    for cell in list(design.module(ys.IdString("\\" + top)).cells_.values()):
        name = cell.type.str().removeprefix("\\")
        if name not in boxes:
            continue
        fixed = inside.get(name, {})
        values = [fixed.get(parameter) or cell.parameters[ys.IdString("\\" + parameter)].as_int() for parameter in boxes[name]]
        cell.type = ys.IdString("\\" + variant(name, values))
        cell.parameters = {}
        found[variant(name, values)] = [name, dict(zip(boxes[name], values))]
        example[variant(name, values)] = cell
    for name, (module, _) in found.items():
        if name != module:
            design.run_pass(f"copy {module} {name}")
            for wire in design.module(ys.IdString("\\" + name)).wires_.values():
                wire.width = example[name].getPort(wire.name).size()  # as wide as these parameters make it
    return found


def cut_watched(design, watched, top):
    """Takes away the outputs that only tests watch, of the module and of the boxes in it: what drives nothing else falls away in mapping."""
    for name, ports in watched.items():
        module = design.module(ys.IdString("\\" + name))
        if not module:
            continue
        for port in ports:
            module.wire(ys.IdString("\\" + port)).port_output = False
        module.fixup_ports()
        for cell in list(design.module(ys.IdString("\\" + top)).cells_.values()):
            if cell.type == module.name:
                for port in ports:
                    cell.unsetPort(ys.IdString("\\" + port))


def check_assigned(design, top):
    """Says in the log what the front end passes over: variables that nothing assigns. It makes them undefined constants."""
    for cell in design.module(ys.IdString("\\" + top)).cells_.values():
        if cell.type.str() == "$buf" and cell.getPort(ys.IdString("\\A")).is_fully_undef():
            target = cell.getPort(ys.IdString("\\Y"))
            name = target.as_wire().name.str() if target.is_wire() else "part of a variable"
            print(f"Warning: Wire {top}.{name} is used but has no driver.", flush=True)


def elaborate(out, job):
    """Reads one module; writes OUT/elaborated.il and OUT/children.json."""
    design = ys.Design()
    boxes = {name: parameters for name, parameters in job["boxes"].items() if name != job["module"]}
    options = [f"--blackboxed-module {name}" for name in boxes]
    options += [f"-G {name}={value}" for name, value in job["parameters"].items()]
    options += WARNINGS
    design.run_pass(f"read_slang -j 1 --top {job['module']} {' '.join(options)} {job['sources']}")
    name = variant(job["module"], job["parameters"].values())
    check_assigned(design, job["module"])
    design.run_pass("check")
    cut_watched(design, job["watched"], job["module"])
    children = box_cells(design, boxes, job["inside"], job["module"])
    if name != job["module"]:
        design.run_pass(f"rename {job['module']} {name}")
    design.run_pass("setattr -mod -unset src")
    design.run_pass("setattr -unset src")  # so that a moved line is no change
    design.run_pass(f"tee -q -o {out}/elaborated.txt stat")
    if not job["latches"]:
        design.run_pass("select -assert-none t:$dlatch t:$dlatchsr t:$adlatch")
    design.run_pass(f"write_rtlil {out}/elaborated.il")
    (out / "children.json").write_text(json.dumps(children), encoding="utf-8")


def main():
    step, out = sys.argv[1], pathlib.Path(sys.argv[2])
    if step == "elaborate":
        elaborate(out, json.loads((out / "job.json").read_text(encoding="utf-8")))
    else:
        ys.run_pass(f"script {out}/flow.ys", ys.Design())


if __name__ == "__main__":
    main()
