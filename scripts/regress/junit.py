# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Results as JUnit XML, which every CI system shows: a suite per job, a case per test case."""

import re
import xml.etree.ElementTree as tree

# What XML cannot hold: control characters, lone halves of pairs.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text):
    return FORBIDDEN.sub("?", text)


def cases_of(row):
    """The cases of a job; one of its own name where it has none."""
    if row.get("cases"):
        return row["cases"]
    passed = row["verdict"] != "fail"
    return [{"name": row["job"], "passed": passed, "seconds": row["seconds"], "message": row.get("message", ""), "repeat": row["repeat"]}]


def write(path, rows):
    """A case that failed says why, and the command that repeats it."""
    suites = tree.Element("testsuites", name="tatami")
    for row in rows:
        cases = cases_of(row) if row["verdict"] != "none" else []
        failed = sum(not case["passed"] for case in cases)
        name = f"{row['job']} seed {row['seed']}"
        suite = tree.SubElement(suites, "testsuite", name=clean(name), tests=str(len(cases)), failures=str(failed), errors="0", time=f"{row['seconds']:.3f}")
        for case in cases:
            item = tree.SubElement(suite, "testcase", classname=clean(row["job"]), name=clean(case["name"]), time=f"{case['seconds']:.3f}")
            if not case["passed"]:
                message = clean(case["message"]) or "failed"
                failure = tree.SubElement(item, "failure", message=message.split("\n")[0])
                failure.text = f"{message}\nrepeat with: {clean(case['repeat'])}\nlog: {clean(row['log'])}"
    tree.indent(suites)
    path.parent.mkdir(parents=True, exist_ok=True)
    tree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)
