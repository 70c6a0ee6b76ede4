#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Holds the verification plan (verif/plan.json) against the manual and the tests, in both directions: every section of docs/
is looked after by tests that exist, and every folder of tests looks after some section. The table of layers in
docs/verification.md names all of these folders and no others. Exit 0, or 1 with what is missing.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAME = re.compile(r'TEST_CASE\(\s*"([^"]*)"')


def sections(page):
    """The titles of a page's sections."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.findall(r"^##+ (.+)$", text, re.M)


def layers():
    """The folders of tests that the table of layers names."""
    text = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8").partition("\n## Layers\n")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in text.split("\n") if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row[2])}


def test_cases():
    """{folder of tests: names of its test cases}."""
    found = {}
    for source in sorted((ROOT / "verif" / "tests").glob("*/*_test.cpp")):
        found.setdefault(source.parent.name, []).extend(NAME.findall(source.read_text(encoding="utf-8")))
    return found


def targets():
    """The targets of make that its help tells of."""
    makefiles = [ROOT / "Makefile", *(ROOT / "scripts" / "mk").glob("*.mk")]
    return {name for file in makefiles for name in re.findall(r"^([\w-]+):.* ## ", file.read_text(encoding="utf-8"), re.M)}


def known(test, cases):
    if test.startswith("make "):
        return test[len("make "):] in targets()
    folder, colon, name = test.partition(": ")
    return folder in cases and (not colon or any(case.startswith(name) for case in cases[folder]))


def flaws(plan, pages, cases, named_layers):
    """Sentences about what the plan lacks, or has too much of."""
    for page, planned in plan.items():
        titles = pages.get(page, [])
        if page not in pages:
            yield f"there is no page docs/{page}.md"
        for title in titles:
            if not planned.get(title):
                yield f"no test looks after the section '{title}' of docs/{page}.md"
        for title, tests in planned.items():
            if title not in titles:
                yield f"docs/{page}.md has no section '{title}'"
            for test in tests:
                if not known(test, cases):
                    yield f"'{test}', which looks after the section '{title}' of docs/{page}.md, is no test"
    for page in sorted(set(pages) - set(plan)):
        yield f"no test looks after docs/{page}.md"
    named = {test.partition(":")[0] for planned in plan.values() for tests in planned.values() for test in tests}
    for folder in sorted(set(cases) - named):
        yield f"verif/tests/{folder} looks after no section of the manual"
    for folder in sorted(set(cases) - named_layers):
        yield f"verif/tests/{folder} is not in the table of layers of docs/verification.md"
    for folder in sorted(named_layers - set(cases)):
        yield f"verif/tests/{folder}, which the table of layers of docs/verification.md names, is not there"


def main():
    plan = json.loads((ROOT / "verif" / "plan.json").read_text(encoding="utf-8"))
    plan.pop("about")
    pages = {page.stem: sections(page) for page in sorted((ROOT / "docs").glob("*.md"))}
    found = list(flaws(plan, pages, test_cases(), layers()))
    for flaw in found:
        print(f"plan: {flaw}", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
