#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Checks of the source tree: licence headers, file length, rtl/tatami.f against the tree, shell syntax, module = file."""

import pathlib
import re
import shutil
import subprocess
import sys

SUFFIXES = {".sv", ".svh", ".vlt", ".cpp", ".hpp", ".h", ".c", ".S", ".py", ".sh", ".mk", ".tcl", ".ys", ".in", ".js", ".css", ".html"}
NAMES = {"Makefile", ".ci/run"}
NO_HEADER = {".md.in"}  # pages
LIMIT = 400


def tracked():
    """Files that git knows or would add; without git, all files outside build folders."""
    if shutil.which("git") and pathlib.Path(".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        return [pathlib.Path(name) for name in names if pathlib.Path(name).is_file()]
    return [path for path in pathlib.Path(".").rglob("*") if path.is_file() and not path.parts[0].startswith(("build", ".git"))]


def header_problems(path, text):
    head = "\n".join(text.splitlines()[:4])
    if "SPDX-License-Identifier: Apache-2.0" not in head or "Copyright" not in head:
        yield f"{path}: the first lines must hold the copyright and SPDX lines"
    lines = text.count("\n")
    if lines > LIMIT:
        yield f"{path}: has {lines} lines; split it (the limit is {LIMIT})"


def module_problems(path, text):
    names = re.findall(r"^(?:module|package)\s+(?:automatic\s+)?(\w+)", text, re.M)
    if names != [path.stem]:
        yield f"{path}: must hold one module or package, named {path.stem}, not {', '.join(names) or 'none'}"


def file_list_problems(files):
    listed = set()
    for line in pathlib.Path("rtl/tatami.f").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith(("//", "+", "${TATAMI_GEN}")):
            continue
        if line in listed:
            yield f"rtl/tatami.f: {line} stands twice"
        listed.add(line)
        if not pathlib.Path(line).is_file():
            yield f"rtl/tatami.f: {line} does not exist"
    for path in files:
        if path.suffix == ".sv" and path.parts[0] == "rtl" and str(path) not in listed:
            yield f"{path}: is not listed in rtl/tatami.f"


def shell_problems(path, text):
    if path.suffix == ".sh" or text.startswith("#!/usr/bin/env bash"):
        result = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
        if result.returncode:
            yield result.stderr.strip()


def main():
    files = tracked()
    problems = list(file_list_problems(files))
    for path in files:
        wanted = path.suffix in SUFFIXES or str(path) in NAMES
        if not wanted or "".join(path.suffixes) in NO_HEADER:
            continue
        text = path.read_text(encoding="utf-8")
        problems += header_problems(path, text)
        problems += shell_problems(path, text)
        if path.suffix == ".sv":
            problems += module_problems(path, text)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
