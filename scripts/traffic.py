#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Saturation throughput of routers: what a mesh of them carries when every node offers a packet in every cycle.

For each top of synth/asic/tops.json with a "traffic" entry: its configuration is made and Verilated, and `tatami bench mesh` runs with
the arguments of the entry. The share of the bound goes to synth/traffic.json, which the pages show beside area and longest path.
Exit 0: done; 1: a tool failed, or a packet went wrong; 2: an unknown top.
"""

import json
import sys

from synthesis import command
from synthesis.catalog import Catalog
from synthesis.common import make_environment, run
from synthesis.saturation import TRAFFIC


def measure(catalog, top, arguments, options):
    """The row of a top. Its configuration is named as the top, with generated packages and a model of its own."""
    out = options.build / "traffic" / top
    out.mkdir(parents=True, exist_ok=True)
    values = catalog.configuration(top)[1] | {"name": top}
    config, gen, model = out / f"{top}.json", out / "gen", options.build / "models" / f"{top}-router.so"
    config.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
    run([sys.executable, "scripts/gen.py", "--out", str(gen), "--configs", str(config)], out / "gen.log", f"making the sources of {top}")
    (gen / ".stamp").touch()  # make finds them made
    run(["make", "--no-print-directory", str(model), f"BUILD={options.build}", f"GEN={gen}", f"CONFIGS={top}", f"CONFIG={top}"],
        out / "build.log", f"building {model}", env=make_environment())
    words, curves = ["bench", "mesh", *arguments.split()], out / "curves.json"
    run([str(options.build / "tatami"), *words, "--config", str(config), "--json", str(curves)], out / "bench.log", f"the bench of {top}")
    curve = json.loads(curves.read_text(encoding="utf-8"))["curves"][0]
    point = curve["points"][-1]
    return {"command": "tatami " + " ".join(words), "depth": values["noc_buffer_depth"], "bound": round(curve["bound"], 4),
            "accepted": round(point["accepted"], 4), "of_bound": round(point["accepted_of_bound"], 4)}


def work(options):
    catalog = Catalog(options.tables)
    entries = command.choose(catalog, "traffic", "traffic", options.tops)
    rows = json.loads(TRAFFIC.read_text(encoding="utf-8")) if TRAFFIC.is_file() else {}
    for top, arguments in entries.items():
        row = rows[top] = measure(catalog, top, arguments, options)
        print(f"  {top:<18} {row['depth']} places: {row['accepted']:.4f} packets per node and cycle, {row['of_bound']:.1%} of the bound", flush=True)
    TRAFFIC.write_text(json.dumps({top: rows[top] for top in catalog.tops if top in rows}, indent=1) + "\n", encoding="utf-8")
    return 0


def main():
    options = command.parser("traffic", __doc__).parse_args()
    return command.exit_code("traffic", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
