#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Makes the page of every result in a folder. Usage: scripts/report.sh RUNNER FOLDER
# Exit 2 with one line when there is none.
set -euo pipefail
shopt -s nullglob

results=("$2"/*.json)
[ ${#results[@]} -gt 0 ] || { echo "report: no result in $2; run make sim first" >&2; exit 2; }
for result in "${results[@]}"; do
  "$1" report "$result" -o "${result%.json}.html"
done
