# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A copy of the checkout in which the RTL can be broken."""

import shutil
import subprocess


def mirror(root, tree, changed=()):
    """Copies what git knows, and new files, but for those whose bytes `changed` has; what is the same keeps its time, so that
    little is built anew. Others than those go."""
    tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True)
    names = {name for name in tracked.stdout.split("\n") if name}
    for folder in tree.glob("*/"):
        for old in folder.rglob("*") if folder.name != "build" else ():
            if old.is_file() and str(old.relative_to(tree)) not in names:
                old.unlink()
    for name in names:
        source, target = root / name, tree / name
        if not source.is_file():
            continue
        content = changed[name] if name in changed else source.read_bytes()
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            shutil.copymode(source, target)
    for shared in ("venv", "setup"):
        link = tree / "build" / shared
        if not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(root / "build" / shared)
