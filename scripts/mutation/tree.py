# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""A copy of the checkout in which the RTL can be broken."""

import shutil
import subprocess


def mirror(root, tree):
    """Copies what git knows, and new files; unchanged ones keep their time, so that little is built anew. Others than those go."""
    tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True)
    names = {name for name in tracked.stdout.split("\n") if name}
    for folder in tree.glob("*/"):
        for old in folder.rglob("*") if folder.name != "build" else ():
            if old.is_file() and str(old.relative_to(tree)) not in names:
                old.unlink()
    for name in names:
        source, target = root / name, tree / name
        if source.is_file() and not (target.is_file() and target.read_bytes() == source.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for shared in ("venv", "setup"):
        link = tree / "build" / shared
        if not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(root / "build" / shared)
