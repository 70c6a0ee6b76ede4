# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A test program (Catch2) of verif/tests with a seed. It tells what its cases did by verif/lib/case_log.hpp."""

import json
import pathlib
import re
import shlex

from .job import Job


def test_filter(text, tier):
    """The Catch2 filter: hidden nightly tests run only when asked for."""
    if tier == "nightly":
        return text or "*"
    if not text or "nightly" in text:
        return text
    return ",".join("~[nightly]" + part for part in text.split(","))


def pattern(name):
    """A Catch2 filter for a test case, fit for quotes: up to the first character that a filter or the shell takes otherwise."""
    plain = re.match(r"[^][,\"'\\*~$#`!]*", name)[0]
    return plain if plain == name else plain + "*"


def has_waves(folder):
    """Whether tests can be recorded: they have a bench of their own, or open models of nodes."""
    return any(folder.glob("*_tb.sv")) or any("open_model(" in source.read_text(encoding="utf-8") for source in folder.glob("*.?pp"))


class TestJob(Job):
    """`tests` is the folder of <block>/test programs, `flags` what make was called with besides."""

    def __init__(self, block, tests, log, name=None, test="", tier="full", flags="", **fields):
        name, seed, program = name or block, fields.get("seed", 1), tests / block / "test"
        self.block, self.tier, self.flags = block, tier, flags
        self.has_waves = has_waves(pathlib.Path("verif/tests", block))
        self.cases_file = log.with_suffix(".cases")
        chosen = test_filter(test, tier)
        command = [str(program), "--seed", str(seed)] + ([chosen] if chosen else [])
        super().__init__(name, command, log, self.make(test, seed), targets=[program], **fields)

    def make(self, test, seed):
        """The command that builds the block and runs these of its tests."""
        words = ["make test", f"BLOCK={self.block}", f"TEST={shlex.quote(test)}" if test else "", "TIER=nightly" if self.tier == "nightly" else "", f"SEED={seed}", self.flags]
        return " ".join(word for word in words if word)

    def environment(self):
        self.cases_file.parent.mkdir(parents=True, exist_ok=True)
        self.cases_file.unlink(missing_ok=True)
        return super().environment() | {"TATAMI_CASES": str(self.cases_file)}

    def cases(self, code):
        """(name, passed, seconds, message) of each case; a case that never ended is the one in which the program died."""
        lines = self.cases_file.read_text(encoding="utf-8").splitlines() if self.cases_file.is_file() else []
        found, begun = [], None
        for line in map(json.loads, lines):
            if "begin" in line:
                begun = line["begin"]
                continue
            found.append({"name": line["end"], "passed": line["passed"], "seconds": round(line["seconds"], 4), "message": line["message"]})
            begun = None
        if begun is not None or code != 0 and all(case["passed"] for case in found):
            end = f"stopped after {self.timeout} s" if code is None else f"the program ended by signal {-code}" if code < 0 else f"the program ended with code {code}"
            found.append({"name": begun or "outside of the test cases", "passed": False, "seconds": 0, "message": end})
        for case in found:
            if not case["passed"]:
                case["repeat"] = self.make(pattern(case["name"]), self.seed) if case["name"] != "outside of the test cases" else self.repeat
        return found

    def matched(self):
        """Whether the filter chose any test case."""
        return self.cases_file.is_file() and self.cases_file.stat().st_size > 0 or "No test" not in self.text()

    def details(self, code, row):
        cases = self.cases(code) if self.matched() else []
        failed = sum(not case["passed"] for case in cases)
        verdict = "fail" if failed else "pass" if cases else "none"
        return {"verdict": verdict, "passed": len(cases) - failed, "failed": failed, "cases": cases}
