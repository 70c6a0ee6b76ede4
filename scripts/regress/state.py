# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What outlives a regression, in its folder: results of one that was interrupted, and the last result of each job.

resume.jsonl   the key of the sources, then a line per job that has passed; it goes when all jobs are done. Sources that differ have
               another key, so that nothing is taken over from them.
last.json      by job and seed, what it gave when it last ran to its end: to compare with, and to know how long jobs take
"""

import fcntl
import hashlib
import json

from check_sources import tracked

from .errors import UsageError
from .job import key_of


def source_key():
    """Of the names and the contents of all files that make up the project, committed or not."""
    digest = hashlib.sha256()
    for path in sorted(tracked()):
        digest.update(f"{path}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


class State:
    def __init__(self, folder, key, fresh=False):
        folder.mkdir(parents=True, exist_ok=True)
        self.resume, self.last_file = folder / "resume.jsonl", folder / "last.json"
        self.lock = (folder / "lock").open("w", encoding="utf-8")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"another regression runs in {folder}") from error
        self.last = json.loads(self.last_file.read_text(encoding="utf-8")) if self.last_file.is_file() else {}
        self.passed = {} if fresh else self._read(key)
        if not self.passed:
            self.resume.write_text(json.dumps({"key": key}) + "\n", encoding="utf-8")

    def _read(self, key):
        """Results by job and seed, if they are of these sources; a line that was cut short is none."""
        lines = self.resume.read_text(encoding="utf-8").splitlines() if self.resume.is_file() else []
        if not lines or lines[0] != json.dumps({"key": key}):
            return {}
        found = {}
        for line in lines[1:]:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            found[key_of(row["job"], row["seed"])] = row
        return found

    def add(self, row):
        """Keeps the result of a job that has passed, at once."""
        if row["verdict"] == "pass":
            with self.resume.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row) + "\n")

    def finish(self, rows):
        """All jobs are done: these are the last results."""
        self.last |= {key_of(row["job"], row["seed"]): row for row in rows}
        temporary = self.last_file.with_suffix(".new")
        temporary.write_text(json.dumps(self.last), encoding="utf-8")
        temporary.replace(self.last_file)
        self.resume.unlink(missing_ok=True)
