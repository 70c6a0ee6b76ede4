# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The number formats: reads and checks rtl/num/formats.json, renders fmt_pkg.sv and formats.hpp."""

from .common import camel, fill, read_json, require, require_doc

_DESCRIPTOR_BITS = 16
_DESCRIPTOR_FIELDS = {"kind": 4, "bias": 6, "stochastic": 1, "gradual": 1}
_CONFIGURABLE = "configurable"
# Members of the enums of both languages.
_SPECIALS = {"ieee": "infinities and NaNs at the top exponent",
             "clamp": "none: what is too large becomes the largest number",
             "integer": "none: saturates"}
_DENORMALS = {"none": "an integer",
              "gradual": "2^(1 - bias) * 0.M",
              "literal": "2^(-bias) * 0.M, or gradual when the descriptor says so",
              "flush": "read as zero, never made"}
_KEYS = {"name": str, "code": int, "bits": int, "signed": bool, "exponent_bits": int, "fraction_bits": int, "specials": str,
         "denormals": str, "matrix_operand": bool}


def _check_format(path, entry):
    name = entry.get("name")
    require(isinstance(name, str) and name.isidentifier(), f"{path}: bad format name {name!r}")
    for key, kind in _KEYS.items():
        require(type(entry.get(key)) is kind, f"{path}: format {name} needs {key}, a {kind.__name__}")
    require_doc(path, entry, f"format {name}")
    require(0 <= entry["code"] < 1 << _DESCRIPTOR_FIELDS["kind"], f"{path}: the code of {name} does not fit the descriptor")
    require(entry["bits"] in (8, 16, 32), f"{path}: {name} must have 8, 16 or 32 bits")
    require(entry["specials"] in _SPECIALS, f"{path}: format {name} has the unknown specials {entry['specials']!r}")
    require(entry["denormals"] in _DENORMALS, f"{path}: format {name} has the unknown denormals {entry['denormals']!r}")
    configurable = entry.get("bias") == _CONFIGURABLE
    require(configurable or type(entry.get("bias")) is int and entry["bias"] >= 0, f"{path}: the bias of {name} is neither a number nor configurable")
    if entry["specials"] == "integer":
        require(entry["denormals"] == "none" and not configurable, f"{path}: {name} is an integer and has neither denormals nor bias")
    else:
        total = entry["signed"] + entry["exponent_bits"] + entry["fraction_bits"]
        require(total == entry["bits"], f"{path}: the fields of {name} have {total} bits, not {entry['bits']}")
        require((entry["denormals"] == "literal") == configurable, f"{path}: {name}: literal denormals and a configurable bias go together")


def load(path):
    """Reads and checks the table; raises TableError at the first rule it breaks."""
    table = read_json(path)
    for key in ("descriptor", "formats"):
        require(isinstance(table.get(key), list), f"{path}: {key} is missing or not a list")
    require({field.get("name"): field.get("bits") for field in table["descriptor"]} == _DESCRIPTOR_FIELDS,
            f"{path}: the descriptor must have the fields {_DESCRIPTOR_FIELDS}")
    next_bit = 0
    for field in table["descriptor"]:
        require_doc(path, field, f"descriptor field {field['name']}")
        require(field.get("lsb") == next_bit, f"{path}: descriptor field {field['name']} must start at bit {next_bit}")
        next_bit += field["bits"]
    require(next_bit <= _DESCRIPTOR_BITS, f"{path}: the descriptor passes bit {_DESCRIPTOR_BITS - 1}")
    for entry in table["formats"]:
        _check_format(path, entry)
    for key in ("name", "code"):
        values = [entry[key] for entry in table["formats"]]
        require(len(set(values)) == len(values), f"{path}: two formats have the same {key}")
    return table


def _fixed_bias(entry):
    return 0 if entry["bias"] == _CONFIGURABLE else entry["bias"]


def _sv_members(prefix, members):
    width = max(1, (len(members) - 1).bit_length())
    rows = []
    for i, (name, doc) in enumerate(members.items()):
        comma = "," if i + 1 < len(members) else ""
        rows.append(f"    {prefix}{camel(name)} = {width}'d{i}{comma}  // {doc}")
    return "\n".join(rows)


def _sv_arms(formats, value):
    return "\n".join(f"      Kind{camel(entry['name'])}: return {value(entry)};" for entry in formats)


def render_sv(table):
    """fmt_pkg.sv."""
    formats = table["formats"]
    kinds = ",\n".join(f"    Kind{camel(entry['name'])} = 4'd{entry['code']}" for entry in formats)
    fields = [f"    logic [{_DESCRIPTOR_BITS - 1 - table['descriptor'][-1]['lsb'] - table['descriptor'][-1]['bits']}:0] zero;"]
    for field in reversed(table["descriptor"]):
        kind = "kind_e" if field["name"] == "kind" else "logic" if field["bits"] == 1 else f"logic [{field['bits'] - 1}:0]"
        fields.append(f"    {kind} {field['name']};  // {field['doc']}")
    constants = []
    for entry in formats:
        name = camel(entry["name"])
        constants.append(f"  // {entry['name']}: {entry['doc']}")
        constants.append(f"  localparam int unsigned {name}Bits = {entry['bits']};")
        if entry["specials"] != "integer":
            constants += [f"  localparam int unsigned {name}{what} = {value};" for what, value in
                          (("ExpBits", entry["exponent_bits"]), ("FracBits", entry["fraction_bits"]), ("Bias", _fixed_bias(entry)))]
    return fill(
        "fmt_pkg.sv.in", KINDS=kinds, FIELDS="\n".join(fields), SPECIALS=_sv_members("Specials", _SPECIALS),
        DENORMALS=_sv_members("Denormals", _DENORMALS), CONSTANTS="\n".join(constants),
        KNOWN=",\n      ".join(f"Kind{camel(entry['name'])}" for entry in formats),
        BITS=_sv_arms(formats, lambda entry: f"6'd{entry['bits']}"),
        SIGNED=_sv_arms(formats, lambda entry: f"1'b{entry['signed']:d}"),
        EXP_BITS=_sv_arms(formats, lambda entry: f"4'd{entry['exponent_bits']}"),
        FRAC_BITS=_sv_arms(formats, lambda entry: f"5'd{entry['fraction_bits']}"),
        BIAS=_sv_arms(formats, lambda entry: "7'(configured)" if entry["bias"] == _CONFIGURABLE else f"7'd{entry['bias']}"),
        SPECIALS_OF=_sv_arms(formats, lambda entry: f"Specials{camel(entry['specials'])}"),
        DENORMALS_OF=_sv_arms(formats, lambda entry: f"Denormals{camel(entry['denormals'])}"),
        OPERANDS=", ".join(f"Kind{camel(entry['name'])}" for entry in formats if entry["matrix_operand"]))


def _cpp_enum(name, members):
    rows = "\n".join(f"  k{camel(member)},  ///< {doc}" for member, doc in members.items())
    return f"enum class {name} : std::uint8_t {{\n{rows}\n}};"


def _shift(operator, field):
    return f" {operator} {field['lsb']}" if field["lsb"] else ""


def render_cpp(table):
    """formats.hpp."""
    formats, fields = table["formats"], table["descriptor"]

    def row(entry):
        flags = [str(value).lower() for value in (entry["bias"] == _CONFIGURABLE, entry["matrix_operand"])]
        return (f"    {{Kind::k{camel(entry['name'])}, \"{entry['name']}\", {entry['bits']}, {str(entry['signed']).lower()}, {entry['exponent_bits']}, "
                f"{entry['fraction_bits']}, {_fixed_bias(entry)}, {flags[0]}, Specials::k{camel(entry['specials'])}, "
                f"Denormals::k{camel(entry['denormals'])}, {flags[1]}, \"{entry['doc']}\"}},")

    types = {"kind": "Kind", "bias": "std::uint8_t", "stochastic": "bool", "gradual": "bool"}
    first = camel(next(entry["name"] for entry in formats if entry["code"] == 0))
    initial = {"kind": f"Kind::k{first}", "bias": "0", "stochastic": "false", "gradual": "false"}
    return fill(
        "formats.hpp.in", KINDS="\n".join(f"  k{camel(entry['name'])} = {entry['code']},  ///< {entry['doc']}" for entry in formats),
        SPECIALS=_cpp_enum("Specials", _SPECIALS), DENORMALS=_cpp_enum("Denormals", _DENORMALS), COUNT=str(len(formats)),
        FORMATS="\n".join(row(entry) for entry in formats),
        FIELDS="\n".join(f"  {types[field['name']]} {field['name']} = {initial[field['name']]};  ///< {field['doc']}" for field in fields),
        PACK=" |\n                                      ".join(f"static_cast<unsigned>({field['name']}){_shift('<<', field)}" for field in fields),
        UNPACK=",\n            ".join(f"static_cast<{types[field['name']]}>(bits{_shift('>>', field)} & {(1 << field['bits']) - 1})" for field in fields),
        USED_BITS=str(sum(field["bits"] for field in fields)))
