#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Feeds parsers with made-up inputs: libFuzzer on each target of verif/fuzz, from seeds that verif/fuzz/targets.json names.

A seed is a file of the project ("files"), what a command of build/tatami writes ("commands", with the file's name behind it), or a
text. Tokens are what mutations put in besides bytes. What the inputs reach is kept in BUILD/fuzz/corpus, and the next run goes on from there. Exit 0: no parser crashed, leaked, hung or
broke what must hold; 1: one did, with the input and the command that repeats it; 2: bad arguments or a seed that cannot be made.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys

from regress import pool
from regress.errors import Parser, UsageError, positive
from regress.job import Job
from regress.progress import Progress, show_failure, summary

FOLDER = pathlib.Path("verif/fuzz")
LIMITS = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=8192"]  # of one input: seconds, memory, bytes
INPUTS_PER_SECOND = 3000
# Numbers and signs at which parsers of text go wrong.
TOKENS = ["-1", "0", "1e300", "1.5", "65536", "2147483648", "4294967295", "4294967296", "18446744073709551615", "18446744073709551616", "x", ",", "null", "true", "[]", "{}", "\"\""]


class FuzzJob(Job):
    """One parser. Passed when it has taken as many inputs as asked for."""

    def __init__(self, name, program, folder, options):
        self.inputs, self.found = options.inputs, folder / "found" / name
        corpus, tokens = folder / "corpus" / name, folder / "tokens"
        command = [str(program), f"-runs={options.inputs}", f"-seed={options.seed}", *LIMITS, f"-dict={tokens}", f"-artifact_prefix={self.found}/", str(corpus)]
        seconds = options.inputs / INPUTS_PER_SECOND
        repeat = f"make fuzz FUZZ={name} SEED={options.seed} INPUTS={options.inputs}"
        super().__init__(name, command, folder / f"{name}.log", repeat, options.seed, seconds, 600 + 10 * seconds)

    def start(self):
        self.found.mkdir(parents=True, exist_ok=True)
        for old in self.found.iterdir():
            old.unlink()
        return super().start()

    def details(self, code, row):
        done = re.search(r"^Done (\d+) runs", self.text(), re.M)
        if code == 0 and done and int(done[1]) >= self.inputs:
            return {"inputs": int(done[1])}
        inputs = sorted(self.found.iterdir())
        repeat = f"{self.command[0]} {shlex.quote(str(inputs[0]))}" if inputs else row["repeat"]
        return {"verdict": "fail", "passed": 0, "failed": 1, "repeat": repeat}


def add_seeds(name, entry, build, corpus):
    """Puts the seeds of a target into its corpus."""
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = []
    for pattern in entry.get("files", []):
        path = pathlib.Path(pattern.replace("BUILD", str(build)))
        files = sorted(path.parent.glob(path.name))
        if not files:
            raise UsageError(f"{name}: no file is called {path}")
        seeds += [path.read_bytes() for path in files]
    seeds += [text.encode() for text in entry.get("texts", [])]
    for arguments in entry.get("commands", []):
        made = corpus / "made"
        command = [str(build / "tatami"), *shlex.split(arguments), str(made)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise UsageError(f"{name}: no seed by {shlex.join(command)}: {run.stderr.strip()}")
        seeds.append(made.read_bytes())
        made.unlink()
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)


def targets(wanted):
    """The entries of the wanted targets, else of all; each source must have one."""
    table = json.loads((FOLDER / "targets.json").read_text(encoding="utf-8"))
    sources = {path.stem for path in FOLDER.glob("*.cpp")}
    if sources != set(table):
        raise UsageError(f"{FOLDER}/targets.json and the files of {FOLDER} differ: {', '.join(sorted(sources ^ set(table)))}")
    for name in wanted:
        if name not in table:
            raise UsageError(f"unknown target {name!r}; known are {', '.join(table)}")
    return {name: table[name] for name in wanted or table}


def work(options):
    folder, jobs = options.build / "fuzz", []
    chosen = targets(options.targets)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens").write_text("".join(json.dumps(token) + "\n" for token in TOKENS), encoding="utf-8")
    for name, entry in chosen.items():
        program = folder / f"fuzz-{name}"
        if not program.is_file():
            raise UsageError(f"{program} is missing; run: make fuzz")
        add_seeds(name, entry, options.build, folder / "corpus" / name)
        jobs.append(FuzzJob(name, program, folder, options))
    progress = Progress(jobs, options.jobs)
    rows = []

    def ended(job, row):
        rows.append(row)
        progress.count(row)
        progress.ended(row, f"  {row.get('inputs', 0)} inputs")
        if row["failed"]:
            show_failure(job, row)

    pool.run(jobs, options.jobs, progress, ended)
    return summary(rows)


def main():
    parser = Parser("fuzz", __doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--inputs", type=positive, default=200000, help="of each parser")
    parser.add_argument("--seed", type=positive, default=1)
    parser.add_argument("targets", nargs="*", help="files of verif/fuzz (default: all)")
    options = parser.parse_args()
    return pool.guarded("fuzz", lambda: work(options))


if __name__ == "__main__":
    sys.exit(main())
