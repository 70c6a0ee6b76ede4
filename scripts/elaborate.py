#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Elaborates synthesis tops with read_slang, each alone: a second front end, stricter about what can be synthesized."""

import argparse
import os
import pathlib
import sys

import pyosys.libyosys as ys


def sources(gen):
    """The files and options of rtl/tatami.f for one configuration."""
    files, options = [], []
    for line in pathlib.Path("rtl/tatami.f").read_text(encoding="utf-8").splitlines():
        line = line.strip().replace("${TATAMI_GEN}", gen)
        if line.startswith("+incdir+"):
            options += ["-I", line.removeprefix("+incdir+")]
        elif line and not line.startswith("//"):
            files.append(line)
    return [*options, *files]


def elaborate(top, arguments):
    """Runs read_slang in a child, because a failed pass ends the process; returns whether it succeeded."""
    log = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"tatami-elaborate-{os.getpid()}-{top}.log"
    child = os.fork()
    if child == 0:
        with log.open("wb") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        try:
            ys.Design().run_pass(f"read_slang --no-proc -Werror -j 1 --top {top} {' '.join(arguments)}")
        except BaseException:  # the front end has printed why
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    text = log.read_text(encoding="utf-8", errors="replace")
    log.unlink()
    if status:
        print(f"read_slang --top {top} failed:\n{text}", file=sys.stderr)
    return status == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gen", required=True, help="folder with the generated packages of one configuration")
    parser.add_argument("tops", nargs="+")
    options = parser.parse_args()
    arguments = sources(options.gen)
    return 0 if all([elaborate(top, arguments) for top in options.tops]) else 1


if __name__ == "__main__":
    sys.exit(main())
