# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Verilog models of a library's cells, made from the functions in its liberty file: zero delay, two-valued, for gate-level simulation."""

import re

HEAD = "// Made by scripts/synthesis/cell_models.py from {}; do not edit.\n"


def groups(text, kind):
    """(name, body) of every group `kind (name) { body }` of a liberty text, nested braces included."""
    for match in re.finditer(rf"\b{kind}\s*\(([^)]*)\)\s*\{{", text):
        depth, at = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        yield match[1].strip().strip('"'), text[match.end():at - 1]


def attribute(body, name):
    match = re.search(rf"\b{name}\s*:\s*\"?([^;\"]*)\"?\s*;", body)
    return match and match[1].strip()


def expression(function):
    """A liberty function as Verilog: a space is an AND, ' after a name negates."""
    tokens = re.findall(r"[A-Za-z_]\w*|[!()'*&+|^01]", function)
    text, operand = "", False
    for token in tokens:
        starts = re.match(r"\w", token) or token in "!("
        if operand and starts:
            text += " & "
        text += {"*": " & ", "+": " | ", "'": "", "!": "~"}.get(token, f" {token} " if token in "&|^" else token)
        if token == "'":
            name = re.search(r"(\w+)$", text)
            text = text[: name.start()] + "~" + name[1]
        operand = bool(re.match(r"\w", token)) or token in ")'"
    return text


def register(body):
    """The state of a flip-flop or latch; empty for a gate, None for a kind that synthesis does not use (set, reset)."""
    for kind, trigger, data in (("ff", "clocked_on", "next_state"), ("latch", "enable", "data_in")):
        for states, group in groups(body, kind):
            if attribute(group, "clear") or attribute(group, "preset"):
                return None
            state, inverse = (part.strip() for part in states.split(","))
            trigger, data = expression(attribute(group, trigger)), expression(attribute(group, data))
            process = f"always_ff @(posedge {trigger}) {state} <= {data};" if kind == "ff" else f"always_latch if ({trigger}) {state} = {data};"
            return f"  logic {state};\n  wire {inverse} = ~{state};\n  {process}\n"
    return ""


def outputs(body):
    """{output: function} of a cell, as Verilog; empty for those that logic synthesis does not use (pads, tristate)."""
    pins = {pin: group for pin, group in groups(body, "pin")}
    found = {pin: attribute(group, "function") for pin, group in pins.items() if attribute(group, "direction") == "output"}
    if not all(found.values()) or any(attribute(group, "three_state") for group in pins.values()):
        return {}
    return {pin: expression(function) for pin, function in found.items()}


def model(name, body):
    """The module of one cell, or nothing for those that logic synthesis does not use (pads, tristate, set and reset)."""
    driven, state = outputs(body), register(body)
    if not driven or state is None:
        return ""
    ports = ", ".join(f"{attribute(group, 'direction')} {pin}" for pin, group in groups(body, "pin"))
    assigns = "".join(f"  assign {pin} = {function};\n" for pin, function in driven.items())
    return f"module {name} ({ports});\n{state}{assigns}endmodule\n\n"


def cells(path):
    """(name, body) of every cell of a liberty file."""
    return groups(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S), "cell")


def functions(path):
    """{cell: {output: function}} of all gates and of the registers that a rising edge of CLK loads, of which it is what they load; and the names of these."""
    found, registers = {}, set()
    for name, body in cells(path):
        driven, state = outputs(body), next((group for _, group in groups(body, "ff")), None)
        if driven and state and register(body) and attribute(state, "clocked_on") == "CLK":
            found[name] = dict.fromkeys(driven, expression(attribute(state, "next_state")))
            registers.add(name)
        elif driven and register(body) == "":
            found[name] = driven
    return found, registers


def models(path):
    """The text of all models of a liberty file."""
    return HEAD.format(path.name) + "".join(model(name, body) for name, body in cells(path))
