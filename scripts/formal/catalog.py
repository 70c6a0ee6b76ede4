# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""The lists of proofs, <folder>/<block>/proofs.json: what they may say, and which proofs are wanted."""

import json
import pathlib

from regress.errors import UsageError

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "verif" / "formal"
KEYS = {"name", "doc", "top", "config", "parameters", "made_by", "replaces", "mode", "engine", "depth", "cover_depth", "tier", "timeout", "faults"}
NEEDED = {"name", "doc", "top", "config", "mode", "engine", "faults"}


def check_keys(name, proof):
    """A bounded proof has one depth, as it speaks only of what it reaches within that; others say how far their covers go."""
    bounded = proof.get("mode") == "bmc"
    needed, known = NEEDED | {"depth" if bounded else "cover_depth"}, KEYS - ({"cover_depth"} if bounded else set())
    if needed - set(proof) or set(proof) - known:
        raise UsageError(f"{name}: missing or unknown keys {', '.join(sorted((needed - set(proof)) | (set(proof) - known)))}")
    if not proof["faults"]:
        raise UsageError(f"{name} has no seeded fault: a proof that cannot fail is no proof")


def fault_file(proof, fault, gen):
    """The path of a fault's file as the list of sources has it."""
    return fault["file"].replace("${TATAMI_GEN}", str(gen / proof["config"]))


def check_fault(name, proof, fault, gen):
    """The text to replace must occur once."""
    file = ROOT / fault_file(proof, fault, gen)
    count = file.read_text(encoding="utf-8").count(fault["find"]) if file.is_file() else 0
    if count != 1:
        raise UsageError(f"{name}: the text {fault['find']!r} of a fault occurs {count} times in {fault['file']}; it must occur once")


def load(folder, gen):
    """All proofs, by "block/name". A proof without a fault that it must catch is refused, and so is a block without proofs."""
    proofs = {}
    for block in sorted(path for path in folder.iterdir() if path.is_dir()):
        table = block / "proofs.json"
        if not table.is_file():
            raise UsageError(f"{block} has no proofs.json")
        try:
            rows = json.loads(table.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UsageError(f"{table} is no JSON: {error}") from error
        for proof in rows:
            name = f"{block.name}/{proof.get('name')}"
            if name in proofs:
                raise UsageError(f"{name} stands twice in {table}")
            check_keys(name, proof)
            for fault in proof["faults"]:
                check_fault(name, proof, fault, gen)
            proofs[name] = {**proof, "folder": block}
        for top in block.glob("*_proof.sv"):
            if top.stem not in {proof["top"] for proof in proofs.values()}:
                raise UsageError(f"{top} is no proof's top in {table}")
    return proofs


def choose(proofs, wanted, tier):
    """The wanted proofs, by block, name or block/name; when none is named, those of the tier."""
    if not wanted:
        return {name: proof for name, proof in proofs.items() if tier == "nightly" or proof.get("tier") != "nightly"}
    chosen = {name: proof for name, proof in proofs.items() if wanted in (name, *name.split("/"))}
    if not chosen:
        raise UsageError(f"no proof is called {wanted!r}; known are {', '.join(proofs)}")
    return chosen
