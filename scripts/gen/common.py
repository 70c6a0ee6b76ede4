# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What every generator shares: errors of one sentence, reading JSON, filling templates, writing files that changed."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = pathlib.Path(__file__).resolve().parent / "templates"


class TableError(Exception):
    """A table breaks a rule; the text is one sentence that names the file and what to change."""


def read_json(path):
    """The JSON object in `path`; a missing or malformed file is a TableError."""
    try:
        value = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise TableError(f"{path}: is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise TableError(f"{path}: must hold a JSON object")
    return value


def require(condition, text):
    """Raises TableError(text) unless the condition holds."""
    if not condition:
        raise TableError(text)


def require_doc(path, entry, what):
    """Every entry of a table says what it means."""
    doc = entry.get("doc")
    require(isinstance(doc, str) and doc.strip(), f"{path}: {what} has no doc")


def camel(name):
    """CamelCase of a dotted or underscored name: fence.i -> FenceI, SRAM_BASE -> SramBase."""
    return "".join(part.capitalize() for part in name.replace("_", ".").split("."))


def fill(template, **values):
    """The template with each @KEY@ replaced."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for key, value in values.items():
        marker = f"@{key}@"
        require(marker in text, f"{template}: has no {marker}")
        text = text.replace(marker, value)
    return text


def write_if_changed(path, text):
    """Writes only when the content differs, so that nothing that depends on the file is rebuilt for nothing."""
    path = pathlib.Path(path)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
