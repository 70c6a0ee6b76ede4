#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes everything that comes from the tables: rtl/core/isa.json, rtl/noc/packet.json,
rtl/num/formats.json, sim/configs/*.json.

Writes OUT/<config>/{cfg_pkg,noc_pkg,isa_pkg,fmt_pkg}.sv, OUT/isa.hpp, OUT/noc.hpp, OUT/formats.hpp, OUT/tatami_insn.h and OUT/tatami_noc.h, and the coefficients of the
FP32 functions, OUT/<config>/function_table_pkg.sv and OUT/function_table.hpp; --docs writes docs/isa.md, --check-docs fails
when docs/isa.md is out of date. Exit 2 with one sentence when a table breaks a rule.
"""

import argparse
import pathlib
import sys

from gen import config, formats, functions, isa, isa_cpp, isa_docs, isa_sv, noc
from gen.common import ROOT, TableError, require, write_if_changed

MANUAL = ROOT / "docs" / "isa.md"


def generate(out, configs, instructions, packet, number_formats):
    """Writes all generated sources."""
    function_rows = functions.rows()
    for entry in configs:
        folder = out / entry["name"]
        write_if_changed(folder / "cfg_pkg.sv", config.render_sv(entry))
        write_if_changed(folder / "noc_pkg.sv", noc.render_sv(packet))
        write_if_changed(folder / "isa_pkg.sv", isa_sv.render(instructions))
        write_if_changed(folder / "fmt_pkg.sv", formats.render_sv(number_formats))
        write_if_changed(folder / "function_table_pkg.sv", functions.render_sv(function_rows))
    write_if_changed(out / "isa.hpp", isa_cpp.render_cpp(instructions))
    write_if_changed(out / "tatami_insn.h", isa_cpp.render_insn_header(instructions))
    write_if_changed(out / "noc.hpp", noc.render_cpp(packet))
    write_if_changed(out / "tatami_noc.h", noc.render_c(packet))
    write_if_changed(out / "formats.hpp", formats.render_cpp(number_formats))
    write_if_changed(out / "function_table.hpp", functions.render_cpp(function_rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "gen", help="folder for generated sources")
    parser.add_argument("--isa", default=ROOT / "rtl" / "core" / "isa.json", help="instruction table")
    parser.add_argument("--packet", default=ROOT / "rtl" / "noc" / "packet.json", help="packet table")
    parser.add_argument("--formats", default=ROOT / "rtl" / "num" / "formats.json", help="number formats")
    parser.add_argument("--configs", nargs="*", default=sorted((ROOT / "sim" / "configs").glob("*.json")), help="configuration files")
    parser.add_argument("--docs", action="store_true", help="write docs/isa.md instead of sources")
    parser.add_argument("--check-docs", action="store_true", help="fail when docs/isa.md is out of date")
    options = parser.parse_args()
    try:
        instructions = isa.load(options.isa)
        if options.docs:
            write_if_changed(MANUAL, isa_docs.render(instructions))
        elif options.check_docs:
            fresh = MANUAL.exists() and MANUAL.read_text(encoding="utf-8") == isa_docs.render(instructions)
            require(fresh, "docs/isa.md is out of date: run make docs and commit it")
        else:
            configs = [config.load(path) for path in options.configs]
            generate(options.out, configs, instructions, noc.load(options.packet), formats.load(options.formats))
    except TableError as error:
        print(f"gen: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"gen: cannot write {error.filename} ({error.strerror})", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
