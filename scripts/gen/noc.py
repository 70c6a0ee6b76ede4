# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The packet table: reads and checks rtl/noc/packet.json, renders noc_pkg.sv, noc.hpp and tatami_noc.h."""

from .common import camel, fill, read_json, require, require_doc

_HEADER_BITS = 128
_WORDS = 8
# C++ enum of each header enum, and the prefix of its SystemVerilog members.
_ENUMS = {"class": ("Class", ""), "port": ("Port", "Port"), "op": ("Op", "Op")}
_CPP_TYPES = ((1, "bool"), (8, "std::uint8_t"), (16, "std::uint16_t"), (32, "std::uint32_t"), (64, "std::uint64_t"))


def _check_fields(path, fields, what, keys):
    names = set()
    for field in fields:
        name = field.get("name")
        require(isinstance(name, str) and name.isidentifier(), f"{path}: bad {what} field name {name!r}")
        require(name not in names, f"{path}: {what} field {name} stands twice")
        names.add(name)
        require_doc(path, field, f"{what} field {name}")
        for key in keys:
            require(type(field.get(key)) is int and field[key] >= 0, f"{path}: {what} field {name} needs a number {key}")
        require(field["bits"] > 0, f"{path}: {what} field {name} has no bits")


def _check_enum(path, name, members, width):
    require(isinstance(members, dict) and members, f"{path}: enum {name} has no members")
    values = list(members.values())
    require(all(type(value) is int and 0 <= value < 1 << width for value in values), f"{path}: enum {name} has a value that does not fit {width} bits")
    require(len(set(values)) == len(values), f"{path}: enum {name} has two members of one value")


def _check_no_overlap(path, fields, what, width):
    taken = {}
    for field in fields:
        word = field.get("word", 0)
        require(field["lsb"] + field["bits"] <= width, f"{path}: {what} field {field['name']} passes bit {width - 1}")
        for bit in range(field["lsb"], field["lsb"] + field["bits"]):
            other = taken.setdefault((word, bit), field["name"])
            require(other == field["name"], f"{path}: {what} fields {other} and {field['name']} overlap")


def _enum_fields(table):
    """The fields of the header and the records that hold a code."""
    fields = [*table["header"], *(field for record in table["records"] for field in record["fields"])]
    return [field for field in fields if "enum" in field]


def _enum_widths(table):
    return {field["enum"]: field["bits"] for field in _enum_fields(table)}


def load(path):
    """Reads and checks the table; raises TableError at the first rule it breaks."""
    table = read_json(path)
    for key, kind in (("header", list), ("enums", dict), ("op_doc", dict), ("control", list), ("records", list), ("address", dict), ("descriptor", dict)):
        require(isinstance(table.get(key), kind), f"{path}: {key} is missing or not a {kind.__name__}")
    _check_fields(path, table["header"], "header", ["bits"])
    total = sum(field["bits"] for field in table["header"])
    require(total == _HEADER_BITS, f"{path}: the header has {total} bits, not {_HEADER_BITS}")
    for op in table["enums"]["op"]:
        require(table["op_doc"].get(op), f"{path}: op {op} has no doc")
    for record in table["records"]:
        require_doc(path, record, f"record {record.get('name')}")
        _check_fields(path, record["fields"], f"{record['name']}", ["bits"])
        require(sum(field["bits"] for field in record["fields"]) <= 64, f"{path}: record {record['name']} has more than 64 bits")
    for field in _enum_fields(table):
        require(field["enum"] in _ENUMS, f"{path}: field {field['name']} has the unknown enum {field['enum']!r}")
        _check_enum(path, field["enum"], table["enums"].get(field["enum"]), field["bits"])
    _check_fields(path, table["address"]["fields"], "address", ["lsb", "bits"])
    _check_no_overlap(path, table["address"]["fields"], "address", 64)
    require(sum(field["bits"] for field in table["address"]["fields"]) == 64, f"{path}: the address fields must fill 64 bits")
    region_bits = next((field["bits"] for field in table["address"]["fields"] if field["name"] == "region"), 0)
    _check_enum(path, "regions", table["address"]["regions"], region_bits)
    for entry in table["control"]:
        require_doc(path, entry, f"control register {entry.get('name')}")
    _check_fields(path, table["descriptor"]["fields"], "descriptor", ["word", "lsb", "bits"])
    _check_no_overlap(path, table["descriptor"]["fields"], "descriptor", 64)
    require(all(field["word"] < _WORDS for field in table["descriptor"]["fields"]), f"{path}: a descriptor has {_WORDS} words")
    kind_bits = next((field["bits"] for field in table["descriptor"]["fields"] if field["name"] == "kind"), 0)
    _check_enum(path, "kinds", table["descriptor"]["kinds"], kind_bits)
    strides = {entry["stride"] for entry in table["control"]}
    require(len(strides) == 1, f"{path}: control registers must share one stride")
    return table


def _logic(bits):
    return "logic" if bits == 1 else f"logic [{bits - 1}:0]"


def _sv_enum(prefix, members, width, name):
    rows = ",\n".join(f"    {prefix}{camel(member)} = {width}'d{value}" for member, value in members.items())
    return f"  typedef enum {_logic(width)} {{\n{rows}\n  }} {name};"


def _sv_field(type_name, name, doc):
    return f"    {type_name} {name};  // {doc}"


def _descriptor_layout(table):
    """(word, lsb, bits, field or None) from the most significant bit of word 7 down; None marks unused bits."""
    layout = []
    for word in reversed(range(_WORDS)):
        fields = sorted((field for field in table["descriptor"]["fields"] if field["word"] == word), key=lambda field: -field["lsb"])
        top = 64
        for field in fields:
            end = field["lsb"] + field["bits"]
            if end < top:
                layout.append((word, end, top - end, None))
            layout.append((word, field["lsb"], field["bits"], field))
            top = field["lsb"]
        if top:
            layout.append((word, 0, top, None))
    return layout


def _address_name(name):
    return "is_global" if name == "global" else name


def render_sv(table):
    """noc_pkg.sv."""
    enums, widths = [], _enum_widths(table)
    for name, members in table["enums"].items():
        enums.append(_sv_enum(_ENUMS[name][1], members, widths[name], f"{name}_e"))
    header = [_sv_field(f"{field['enum']}_e" if "enum" in field else _logic(field["bits"]), field["name"], field["doc"]) for field in table["header"]]
    address_fields = sorted(table["address"]["fields"], key=lambda field: -field["lsb"])
    address = [_sv_field(_logic(field["bits"]), _address_name(field["name"]), field["doc"]) for field in address_fields]
    descriptor, spare = [], 0
    for word, _, bits, field in _descriptor_layout(table):
        if field is None:
            descriptor.append(_sv_field(_logic(bits), f"rsvd{spare}", f"word {word}, unused"))
            spare += 1
        else:
            type_name = "kind_e" if field["name"] == "kind" else _logic(bits)
            descriptor.append(_sv_field(type_name, field["name"], field["doc"]))
    kind_bits = next(field["bits"] for field in table["descriptor"]["fields"] if field["name"] == "kind")
    region_bits = next(field["bits"] for field in address_fields if field["name"] == "region")
    regions = [f"  localparam logic [{region_bits - 1}:0] Region{camel(name)} = {region_bits}'d{value};" for name, value in table["address"]["regions"].items()]
    local = [f"  localparam logic [63:0] {camel(entry['name'])} = 64'h{int(entry['value'], 16):x};  // {entry['doc']}" for entry in table["address"]["local"]]
    control = [f"  localparam logic [29:0] Ctrl{camel(entry['name'])}Base = 30'h{int(entry['base'], 16):x};  // {entry['doc']}" for entry in table["control"]]
    control += [f"  localparam logic [55:0] Ctrl{camel(entry['name'])}Key = 56'h{int(entry['key'], 16):x};" for entry in table["control"] if "key" in entry]
    records = []
    for record in table["records"]:
        rows = "\n".join(_sv_field(f"{field['enum']}_e" if "enum" in field else _logic(field["bits"]), field["name"], field["doc"]) for field in record["fields"])
        records.append(f"  /// {record['doc']}\n  typedef struct packed {{\n{rows}\n  }} {record['name']}_t;")
    return fill(
        "noc_pkg.sv.in", RECORDS="\n\n".join(records), PAYLOAD=str(table["payload_bytes"]), PAYLOAD_MSB=str(8 * table["payload_bytes"] - 1), ENUMS="\n\n".join(enums),
        HEADER="\n".join(header), ADDRESS="\n".join(address), DESCRIPTOR="\n".join(descriptor),
        KINDS=_sv_enum("Kind", table["descriptor"]["kinds"], kind_bits, "kind_e"), REGIONS="\n".join(regions), LOCAL="\n".join(local),
        CONTROL="\n".join(control), STRIDE=str(table["control"][0]["stride"]), HOST_DIE=f"{int(table['address']['host_die'], 16):05x}")


def _cpp_type(bits):
    return next(name for width, name in _CPP_TYPES if bits <= width)


def _cpp_enum(name, members):
    rows = ", ".join(f"{camel(member)} = {value}" for member, value in members.items())
    return f"enum class {name} : std::uint8_t {{ {rows} }};"


def _cpp_record(record):
    rows, pack, lsb = [], [], sum(field["bits"] for field in record["fields"])
    for field in record["fields"]:
        lsb -= field["bits"]
        type_name = _ENUMS[field["enum"]][0] if "enum" in field else _cpp_type(field["bits"])
        rows.append(f"  {type_name} {field['name']}{{}};  ///< {field['doc']}")
        pack.append(f"static_cast<std::uint64_t>({field['name']}) << {lsb}")
    return (f"/// {record['doc']}\nstruct {camel(record['name'])} {{\n" + "\n".join(rows) +
            "\n\n  std::uint64_t pack() const {\n    return " + " |\n           ".join(pack) + ";\n  }\n};")


def render_cpp(table):
    """noc.hpp."""
    enums = [_cpp_enum(_ENUMS[name][0], members) for name, members in table["enums"].items()]
    enums.append(_cpp_enum("Kind", table["descriptor"]["kinds"]))
    enums.append(_cpp_enum("Region", table["address"]["regions"]))
    header, pack, unpack, lsb = [], [], [], _HEADER_BITS
    for field in table["header"]:
        lsb -= field["bits"]
        type_name = _ENUMS[field["enum"]][0] if "enum" in field else _cpp_type(field["bits"])
        header.append(f"  {type_name} {field['name']}{{}};  ///< {field['doc']}")
        pack.append(f"    detail::put(words, {lsb}, {field['bits']}, static_cast<std::uint64_t>({field['name']}));")
        unpack.append(f"    h.{field['name']} = static_cast<{type_name}>(detail::get(words, {lsb}, {field['bits']}));")
    descriptor, dpack, dunpack = [], [], []
    for field in table["descriptor"]["fields"]:
        name, bits = field["name"], field["bits"]
        type_name = "Kind" if name == "kind" else "std::int32_t" if name.endswith("_pitch") else _cpp_type(bits)
        descriptor.append(f"  {type_name} {name}{{}};  ///< {field['doc']}")
        dpack.append(f"    detail::put(words, {64 * field['word'] + field['lsb']}, {bits}, static_cast<std::uint64_t>({name}));")
        dunpack.append(f"    d.{name} = static_cast<{type_name}>(detail::get(words, {64 * field['word'] + field['lsb']}, {bits}));")
    fields = {field["name"]: field for field in table["address"]["fields"]}
    address = [f"  detail::put(words, {fields[name]['lsb']}, {fields[name]['bits']}, {value});" for name, value in
               (("global", "1"), ("region", "static_cast<std::uint64_t>(region)"), ("die", "die"), ("y", "y"), ("x", "x"), ("offset", "offset"))]
    local = [f"inline constexpr std::uint64_t k{camel(entry['name'])} = 0x{int(entry['value'], 16):x};  ///< {entry['doc']}" for entry in table["address"]["local"]]
    control = [f"inline constexpr std::uint32_t kCtrl{camel(entry['name'])}Base = 0x{int(entry['base'], 16):x};  ///< {entry['doc']}" for entry in table["control"]]
    control += [f"inline constexpr std::uint64_t kCtrl{camel(entry['name'])}Key = 0x{int(entry['key'], 16):x};" for entry in table["control"] if "key" in entry]
    return fill(
        "noc.hpp.in", RECORDS="\n\n".join(_cpp_record(record) for record in table["records"]), PAYLOAD=str(table["payload_bytes"]), ENUMS="\n".join(enums), HEADER="\n".join(header), PACK="\n".join(pack),
        UNPACK="\n".join(unpack), DESCRIPTOR="\n".join(descriptor), DPACK="\n".join(dpack), DUNPACK="\n".join(dunpack),
        ADDRESS="\n".join(address), LOCAL="\n".join(local), CONTROL="\n".join(control), STRIDE=str(table["control"][0]["stride"]),
        HOST_DIE=table["address"]["host_die"])


def render_c(table):
    """tatami_noc.h, for C programs of nodes: the descriptor as a struct whose bit-fields lie as in memory."""
    rows = []
    for word, _, bits, field in reversed(_descriptor_layout(table)):
        if field is None:
            rows.append(f"  uint64_t : {bits}; /* word {word}, unused */")
            continue
        type_name = "int64_t" if field["name"].endswith("_pitch") else "uint64_t"
        width = "" if bits == 64 else f" : {bits}"
        rows.append(f"  {type_name} {field['name']}{width}; /* {field['doc']} */")
    kinds = ", ".join(f"TATAMI_{name} = {value}" for name, value in table["descriptor"]["kinds"].items())
    fields = {field["name"]: field for field in table["address"]["fields"]}
    return fill(
        "tatami_noc.h.in", DOC=table["descriptor"]["doc"], DESCRIPTOR="\n".join(rows), KINDS=kinds, OFFSET_MASK=f"{(1 << fields['offset']['bits']) - 1:#x}",
        GLOBAL=str(fields["global"]["lsb"]), Y=str(fields["y"]["lsb"]), X=str(fields["x"]["lsb"]))
