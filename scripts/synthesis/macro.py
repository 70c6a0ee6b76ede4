# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The model of memory macros: area and timing from words and bits, and a liberty library for OpenSTA.

docs/synthesis.md gives the formulas and why. All times are in FO4 inverter delays of the technology, so that one model serves each.
"""

import dataclasses
import math

# Read: clock to data, of which a part grows with the address; set-up of all inputs; clock period. In FO4.
ACCESS_BASE, ACCESS_PER_ADDRESS_BIT, SETUP = 8.0, 1.0, 4.0
# Area around the cells, in areas of a bit cell: per row (decoder, word line driver), per data bit (sense amplifier, write driver,
# precharge and selection of its columns), and once (control, predecoder).
ROW_CELLS, BIT_CELLS, CONTROL_CELLS = 16, 200, 4000
# A second port adds two transistors and two lines to each cell.
SECOND_PORT = 1.8
MULTIPLEX = 4  # words side by side in a row


@dataclasses.dataclass(frozen=True)
class Macro:
    """A memory with one port for both directions ("1rw") or one for each ("1r1w")."""

    name: str
    words: int
    bits: int
    ports: str

    @property
    def address_bits(self):
        return max(1, math.ceil(math.log2(self.words)))

    def area(self, technology):
        """um2."""
        rows, columns = math.ceil(self.words / MULTIPLEX), self.bits * MULTIPLEX
        port = SECOND_PORT if self.ports == "1r1w" else 1.0
        cells = port * (rows * columns + ROW_CELLS * rows) + BIT_CELLS * self.bits + CONTROL_CELLS
        return cells * technology["bit_area_um2"]

    def access_ns(self, technology):
        return (ACCESS_BASE + ACCESS_PER_ADDRESS_BIT * self.address_bits) * technology["fo4_ns"]

    def inputs(self):
        """(name, width) of the inputs but the clock."""
        address, data = self.address_bits, self.bits
        if self.ports == "1rw":
            return [("en_i", 1), ("we_i", 1), ("addr_i", address), ("wdata_i", data)]
        return [("read_i", 1), ("raddr_i", address), ("write_i", 1), ("waddr_i", address), ("wdata_i", data)]


def macro_of(name, kind, values):
    """The macro that an instance with these parameters is; `kind` is its entry in tops.json."""
    return Macro(name, values["Depth"], values.get("Width", kind.get("bits")), kind["ports"])


def _bus(name, width):
    return f"  type (bus_{width}) {{ base_type : array; data_type : bit; bit_width : {width}; bit_from : {width - 1}; bit_to : 0; downto : true; }}\n" if width > 1 else ""


def _pin(name, width, body):
    if width == 1:
        return f"    pin ({name}) {{ {body} }}\n"
    return f"    bus ({name}) {{ bus_type : bus_{width}; {body} }}\n"


def _table(kind, value):
    return f"{kind} (scalar) {{ values (\"{value:.4f}\"); }}"


def liberty(macros, technology):
    """The text of a library with all the macros."""
    input_capacitance, slew = technology["input_pf"], 0.5 * technology["fo4_ns"]
    text = ("library (memory_macros) {\n  delay_model : table_lookup;\n  time_unit : \"1ns\";\n  voltage_unit : \"1V\";\n  current_unit : \"1uA\";\n"
            "  pulling_resistance_unit : \"1kohm\";\n  leakage_power_unit : \"1nW\";\n  capacitive_load_unit (1,pf);\n")
    for edge in ("rise", "fall"):
        text += f"  input_threshold_pct_{edge} : 50;\n  output_threshold_pct_{edge} : 50;\n"
        text += f"  slew_lower_threshold_pct_{edge} : 20;\n  slew_upper_threshold_pct_{edge} : 80;\n"
    widths = {width for macro in macros for _, width in [*macro.inputs(), ("rdata_o", macro.bits)]}
    text += "".join(_bus("", width) for width in sorted(widths))
    for macro in macros:
        setup = SETUP * technology["fo4_ns"]
        text += f"  cell ({macro.name}) {{\n    area : {macro.area(technology):.1f};\n    dont_touch : true;\n"
        text += _pin("clk_i", 1, f"direction : input; clock : true; capacitance : {4 * input_capacitance};")
        for name, width in macro.inputs():
            check = f"{_table('rise_constraint', setup)} {_table('fall_constraint', setup)}"
            text += _pin(name, width, f"direction : input; capacitance : {input_capacitance}; timing () {{ related_pin : \"clk_i\"; timing_type : setup_rising; {check} }}")
        access = macro.access_ns(technology)
        delay = f"{_table('cell_rise', access)} {_table('cell_fall', access)} {_table('rise_transition', slew)} {_table('fall_transition', slew)}"
        text += _pin("rdata_o", macro.bits, f"direction : output; timing () {{ related_pin : \"clk_i\"; timing_type : rising_edge; {delay} }}")
        text += "  }\n"
    return text + "}\n"
