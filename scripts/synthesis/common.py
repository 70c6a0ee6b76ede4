# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What the steps of the flow share: errors, running tools."""

import os
import pathlib
import subprocess
import sys

WORKER = pathlib.Path(__file__).with_name("worker.py")


class UsageError(Exception):
    """Something to tell the user in one sentence: exit code 2."""


class FlowError(Exception):
    """A tool failed, or said something that changes the meaning of its result: exit code 1."""


def fill(template, **values):
    """The text of a file with its @NAMES@ filled in."""
    text = pathlib.Path(template).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def write_changed(path, text):
    """Writes a file, unless it is there with this text: what was built from it stays valid. Returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def make_environment():
    """For a make of its own: without what the one above hands down."""
    return {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")}


def run(command, log, what, cwd=None, env=None):
    """Runs a tool with its output in a file; a failure shows the end of that file."""
    with log.open("w", encoding="utf-8") as stream:
        code = subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, check=False, cwd=cwd, env=env).returncode
    if code:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise FlowError(f"{what} failed (log: {log}):\n{tail}")


def run_worker(step, out, name, check_log):
    """One step of worker.py in its own process, because a failed pass of Yosys ends the process. What its log says goes before its exit code."""
    log = out / "yosys.log"
    try:
        run([sys.executable, str(WORKER), step, str(out)], log, f"{step} of {name}")
    finally:
        check_log(log, name)
