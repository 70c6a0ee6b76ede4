#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes noc_pkg with a payload of 4 bytes: a router of it decides the same, and is small enough for a proof."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))

from gen import noc  # noqa: E402

table = noc.load(ROOT / "rtl/noc/packet.json")
pathlib.Path(sys.argv[1]).write_text(noc.render_sv({**table, "payload_bytes": 4}), encoding="utf-8")
