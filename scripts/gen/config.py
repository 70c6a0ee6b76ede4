# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A configuration: reads and checks sim/configs/*.json, renders cfg_pkg.sv."""

import pathlib
import re

from .common import camel, fill, read_json, require, require_doc

# Every parameter with its smallest and largest value.
_LIMITS = {
    "threads": (1, 4), "simd_bytes": (16, 64), "matrix_rows": (2, 8), "matrix_cols": (2, 8), "matrix_depth": (4, 4), "accumulators": (1, 8),
    "sram_banks": (1, 32), "sram_rows": (1, 32768), "icache_lines": (2, 1024), "semaphores": (1, 64), "noc_buffer_depth": (4, 16), "die_rows": (1, 32), "die_cols": (1, 32), "noc_groups": (1, 1024),
}
_POWERS_OF_TWO = ("simd_bytes", "matrix_rows", "matrix_cols", "sram_banks", "icache_lines", "semaphores")
_SRAM_LIMIT = 1 << 21


def load(path):
    """Reads and checks one configuration; raises TableError at the first rule it breaks."""
    config = read_json(path)
    name = config.get("name")
    require(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9_]*", name), f"{path}: name must be a lower-case word")
    require(name == pathlib.Path(path).stem, f"{path}: name is {name!r}, but the file name says {pathlib.Path(path).stem!r}")
    require_doc(path, config, f"configuration {name}")
    for key in config:
        require(key in _LIMITS or key in ("name", "doc"), f"{path}: unknown parameter {key!r}; known are {', '.join(_LIMITS)}")
    for key, (low, high) in _LIMITS.items():
        value = config.get(key)
        require(type(value) is int, f"{path}: {key} must be a whole number, not {value!r}")
        require(low <= value <= high, f"{path}: {key} is {value}, but must be between {low} and {high}")
        require(key not in _POWERS_OF_TWO or value & (value - 1) == 0, f"{path}: {key} is {value}, but must be a power of two")
    for key in ("matrix_rows", "matrix_cols"):
        tile = config[key] * config["matrix_depth"] * 2
        require(tile == config["simd_bytes"], f"{path}: a BF16 tile of {key} x matrix_depth has {tile} bytes, but must fill simd_bytes = {config['simd_bytes']}")
    size = config["sram_banks"] * config["sram_rows"] * 64
    require(size <= _SRAM_LIMIT, f"{path}: sram_banks x sram_rows x 64 B is {size} bytes, but a node holds at most {_SRAM_LIMIT}")
    return config


def render_sv(config):
    """cfg_pkg.sv."""
    rows = [f"  localparam int unsigned {camel(key)} = {config[key]};" for key in _LIMITS]
    return fill("cfg_pkg.sv.in", NAME=config["name"], DOC=config["doc"], ROWS="\n".join(rows))
