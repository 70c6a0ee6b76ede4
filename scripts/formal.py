#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the proofs of verif/formal/<block>/proofs.json with sby; each first, then its cover statements, which must be reachable.

--faults applies each proof's seeded faults instead, one line of RTL at a time in a copy, and expects the proof to fail.
Exit 0: all as expected; 1: a proof failed, a cover statement is unreachable or a fault survived; 2: bad list, unknown name or
missing tool.
"""

import concurrent.futures
import pathlib
import sys
import time

from formal import catalog, sby
from formal.catalog import FOLDER, ROOT
from regress.errors import Parser, UsageError

LOOP = "combinational logic loop"  # as Yosys calls it, when abc would get one


def strength(proof):
    """What a pass means."""
    if proof["mode"] == "bmc":
        return f"holds for {proof['depth']} cycles"
    return f"proved, induction over {proof['depth']}" if proof["engine"].startswith("smtbmc") else "proved"


def attempt(name, proof, options):
    """Checks a proof and its cover statements; prints its line and, when it failed, how to see it. Returns (ok, table row)."""
    out = options.out / name
    files = sby.sources(name, proof, options.gen, out)
    check = sby.run(proof, proof["mode"], out / "check", files)
    cover = sby.run(proof, "cover", out / "cover", files)
    covered = cover.status == "PASS" and cover.reached > 0
    ok = check.status == "PASS" and covered
    result = strength(proof) if check.status == "PASS" else check.status
    covers = f"{cover.reached}/{cover.reached + len(cover.unreached)}"
    lines = [f"  {'PASS' if ok else 'FAIL':7} {name:28} {result:24} {proof['engine']:14} covers {covers:6} {check.seconds:6.1f} + {cover.seconds:.1f} s"]
    if check.status != "PASS":
        lines += [f"          property  {check.failed or f'none: {check.status} {check.error}'}", f"          depth     {proof.get('depth', 'unbounded')}",
                  f"          trace     {check.trace or check.log}"]
    if not covered:
        lines += [f"          never reached in {sby.cover_depth(proof)} cycles: {', '.join(cover.unreached) or cover.status}", f"          log       {cover.log}"]
    if not ok:
        lines += [f"          again     make formal FORMAL={name}"]
    print("\n".join(lines), flush=True)
    row = f"| {name} | {proof['doc']} | {strength(proof)} | {proof['engine']} | {proof.get('tier', 'ci')} | {check.seconds + cover.seconds:.0f} |"
    return ok, row


def attempt_fault(name, proof, number, options):
    """Applies one fault to a copy of its file; the proof must fail by a property, or of a `loop` be refused. Returns (ok, table row)."""
    fault = proof["faults"][number]
    out = options.out / "faults" / f"{name}-{number}"
    files = sby.sources(name, proof, options.gen, out)
    file = catalog.fault_file(proof, fault, options.gen)
    if file not in files:
        raise UsageError(f"{name}: {file}, which a fault changes, is no file of the proof")
    copy = out / pathlib.Path(file).name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text((ROOT / file).read_text(encoding="utf-8").replace(fault["find"], fault["replace"]), encoding="utf-8")
    check = sby.run(proof, proof["mode"], out / "check", [str(copy) if entry == file else entry for entry in files])
    caught = LOOP in check.error if fault.get("loop") else check.status == "FAIL"
    by = check.failed.split(" at ")[0] or (LOOP if LOOP in check.error else check.status)
    print(f"  {'CAUGHT' if caught else 'MISSED':7} {name:28} {by:50} {check.seconds:6.1f} s  {fault['why']}", flush=True)
    if not caught:
        print(f"          log       {check.log}\n          again     make formal FAULTS=1 FORMAL={name}", flush=True)
    return caught, f"| {name} | {fault['why']} | `{by}` |"


def run_all(proofs, options):
    """The results of all proofs, or of all their faults, in the order of the lists."""
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        if options.faults:
            futures = [pool.submit(attempt_fault, name, proof, number, options) for name, proof in proofs.items() for number in range(len(proof["faults"]))]
        else:
            # Those that may take long begin first, so that none of them is left alone at the end.
            order = sorted(proofs, key=lambda name: -proofs[name].get("timeout", 600))
            running = {name: pool.submit(attempt, name, proofs[name], options) for name in order}
            futures = [running[name] for name in proofs]
        return [future.result() for future in futures]


def parse():
    parser = Parser("formal", __doc__)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/formal"))
    parser.add_argument("--gen", type=pathlib.Path, default=pathlib.Path("build/gen"), help="folder of generated packages")
    parser.add_argument("--folder", type=pathlib.Path, default=FOLDER, help="folder of the lists of proofs")
    parser.add_argument("--tier", default="full", choices=["full", "nightly"])
    parser.add_argument("--faults", type=int, default=0, choices=[0, 1], help="1: break the RTL and expect the proofs to fail")
    parser.add_argument("--list", action="store_true", help="check the lists of proofs and print them")
    parser.add_argument("wanted", nargs="?", help="a block, a proof or block/proof (default: all of the tier)")
    options = parser.parse_args()
    options.out, options.gen, options.folder = ((ROOT / path).resolve() for path in (options.out, options.gen, options.folder))
    return options


def main():
    options = parse()
    start = time.monotonic()
    try:
        proofs = catalog.choose(catalog.load(options.folder, options.gen), options.wanted, "nightly" if options.list else options.tier)
        if options.list:
            print("\n".join(f"{name:28} {proof.get('tier', 'ci'):8} {proof['doc']}" for name, proof in proofs.items()))
            return 0
        sby.tools()
        results = run_all(proofs, options)
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
