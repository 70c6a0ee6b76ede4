# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What became of the faults: a table by group, and every survivor with the reason that is known for it."""

import json
import pathlib

from . import sites

PLACE = ("file", "where", "before", "after")


def reason(row, explained):
    """Why a survivor is none that a test should notice; empty when nobody has said."""
    return next((known["why"] for known in explained if all(known[key] == row[key] for key in PLACE)), "")


def stale(explained, root=pathlib.Path(".")):
    """The explanations of faults that cannot be put in any more, because the source has changed."""
    files = sorted({known["file"] for known in explained})
    found = {file: {(site.where, site.before, site.after) for site in sites.find(file, root)} if (root / file).is_file() else set() for file in files}
    return [known for known in explained if tuple(known[key] for key in PLACE[1:]) not in found[known["file"]]]


def ambiguous(explained, root=pathlib.Path(".")):
    """Those whose line stands in its file more or less often than they say ("times", else once), so that the reason may be another place's."""
    lines = {file: [line.strip() for line in (root / file).read_text(encoding="utf-8").split("\n")] for file in {known["file"] for known in explained}}
    return [known for known in explained if lines[known["file"]].count(known["where"]) != known.get("times", 1)]


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def markdown(rows, explained):
    groups = dict.fromkeys(row["group"] for row in rows)
    lines = ["| group | faults | noticed | explained | survive | noticed of those not explained |", "|---|---|---|---|---|---|"]
    for group in [*groups, "all"]:
        mine = [row for row in rows if group in (row["group"], "all")]
        killed = sum(row["killed"] for row in mine)
        known = sum(not row["killed"] and reason(row, explained) != "" for row in mine)
        lines.append(f"| {group} | {len(mine)} | {killed} | {known} | {len(mine) - killed - known} | {share(killed, len(mine) - known)} |")
    lines += ["", "| survivor | was | becomes | why no test can notice |", "|---|---|---|---|"]
    for row in rows:
        if not row["killed"]:
            lines.append(f"| `{row['file']}:{row['line']}` | `{cell(row['before'])}` | `{cell(row['after'])}` | {reason(row, explained)} |")
    return "\n".join(lines) + "\n"


def read(folder):
    """The rows of the last report; none when there is none."""
    path = folder / "report.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def write(folder, rows, explained):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(markdown(rows, explained), encoding="utf-8")
