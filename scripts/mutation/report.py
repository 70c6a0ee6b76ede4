# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What became of the faults: a table by group, and every survivor with the reason that is known for it."""

import json


def reason(row, explained):
    """Why a survivor is none that a test should notice; empty when nobody has said."""
    for known in explained:
        if known["file"] == row["file"] and known["before"] == row["before"] and known["after"] == row["after"]:
            return known["why"]
    return ""


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def markdown(rows, explained):
    groups = dict.fromkeys(row["group"] for row in rows)
    lines = ["| group | faults | noticed | explained | survive |", "|---|---|---|---|---|"]
    for group in [*groups, "all"]:
        mine = [row for row in rows if group in (row["group"], "all")]
        killed = sum(row["killed"] for row in mine)
        known = sum(not row["killed"] and reason(row, explained) != "" for row in mine)
        lines.append(f"| {group} | {len(mine)} | {killed} ({100 * killed / len(mine):.1f} %) | {known} | {len(mine) - killed - known} |")
    lines += ["", "| survivor | was | becomes | why no test can notice |", "|---|---|---|---|"]
    for row in rows:
        if not row["killed"]:
            lines.append(f"| `{row['file']}:{row['line']}` | `{cell(row['before'])}` | `{cell(row['after'])}` | {reason(row, explained)} |")
    return "\n".join(lines) + "\n"


def write(folder, rows, explained):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(markdown(rows, explained), encoding="utf-8")
