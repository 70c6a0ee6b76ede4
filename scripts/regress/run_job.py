# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A run of build/tatami with a seed: the simulated machine compares its result with the golden operators and tells its cycles."""

import json
import shlex

from .job import Job

CYCLES = ("cycles", "work_cycles")


class RunJob(Job):
    def __init__(self, name, arguments, build, folder, **fields):
        self.arguments = arguments
        words, seed = shlex.split(arguments), fields.get("seed", 1)
        config = words[words.index("--config") + 1] if "--config" in words else "full"
        model = build / "models" / f"{config}-{'check' if '--lockstep' in words else 'fast'}.so"
        self.json_file = folder / f"{name}-{seed}.json"
        command = [str(build / "tatami"), *words, "--seed", str(seed)]
        repeat = f"make build CONFIG={config}{' LOCKSTEP=1' if '--lockstep' in words else ''} && {shlex.join(command)}"
        targets = [build / "tatami"] if "golden" in words else [build / "tatami", model]
        super().__init__(name, command + ["--json", str(self.json_file)], folder / f"{name}-{seed}.log", repeat, targets=targets, **fields)

    def start(self):
        self.json_file.unlink(missing_ok=True)
        return super().start()

    def details(self, code, row):
        if code != 0:
            return {}
        report = json.loads(self.json_file.read_text(encoding="utf-8"))
        work = sum(launch["work_cycles"] for launch in report["launches"])
        return {"run": self.arguments, "cycles": report["cycles"], "work_cycles": work}
