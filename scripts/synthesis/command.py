# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What the commands of the flows share: options, the tops that have an entry, and exit codes."""

import concurrent.futures
import functools
import importlib.metadata
import pathlib
import subprocess
import sys

from regress.errors import BareParser, Parser

from .catalog import FLOW, check_tools
from .common import FlowError, UsageError


class FlowParser(Parser):
    """The options of the commands that map tops."""

    def __init__(self, name, description, tables, technologies):
        super().__init__(name, description)
        self.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build") / name)
        self.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
        self.add_argument("--tables", type=pathlib.Path, default=tables, help="folder of tops.json and technologies.json")
        self.add_argument("--tier", default="full", choices=["full", "nightly"])
        self.add_argument(f"--{technologies}", action="append", default=[], help="only these (default: as the tier says)")
        self.add_argument("tops", nargs="*", help="default: all of tops.json that the tier has")


def parser(name, description):
    """The options of the commands around mapped netlists."""
    result = BareParser(name, description)
    result.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    result.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    result.add_argument("--tables", type=pathlib.Path, default=FLOW, help="folder of tops.json and technologies.json")
    result.add_argument("tops", nargs="*", help="default: all that have an entry")
    return result


def choose(catalog, key, what, wanted, technology=None):
    """The entries `key` of the wanted tops, else of all that have one, by top; the tools of the technology must be there."""
    entries = {top: entry[key] for top, entry in catalog.tops.items() if entry.get(key)}
    for top in wanted:
        if top not in entries:
            raise UsageError(f"top {top!r} has no {what}; those that have are {', '.join(entries)}")
    if technology:
        check_tools({technology: catalog.technologies[technology]})
    return {top: entries[top] for top in wanted or entries}


def run_all(chosen, jobs, work, line):
    """The rows `work(*key)` of all that is chosen, in that order; the last, which are the largest, begin first. Prints `line(row)` as each is ready."""
    rows = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        futures = {pool.submit(work, *key): key for key in reversed(chosen)}
        for future in concurrent.futures.as_completed(futures):
            row = rows[futures[future]] = future.result()
            print(f"  {row['top']:<18} {line(row)}  {row['seconds']:6.1f} s", flush=True)
    return [rows[key] for key in chosen]


@functools.cache
def tool_versions():
    """The programs that figures depend on."""
    sta = subprocess.run(["sta", "-version"], capture_output=True, text=True, check=False).stdout.strip()
    return {"pyosys": importlib.metadata.version("pyosys"), "opensta": sta or "unknown"}


def exit_code(name, work):
    """That of a command: what its work returns; 2 or 1 and one sentence when it raises a UsageError or a FlowError."""
    try:
        return work()
    except UsageError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    except FlowError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
