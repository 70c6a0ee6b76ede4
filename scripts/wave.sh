#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Opens the newest waveform of a folder in GTKWave with a view of named groups. Usage: scripts/wave.sh FOLDER
# Without a display it says where the files are and how to open them. Exit 2 when there is no waveform.
set -euo pipefail
folder=${1:?usage: scripts/wave.sh FOLDER}
scripts=$(dirname "$0")
wave=$(find "$folder" -maxdepth 1 -name '*.fst' -printf '%T@ %p\n' 2>/dev/null | sort -rn | head -n 1 | cut -d' ' -f2- || true)
if [ -z "$wave" ]; then
  echo "wave: there is no waveform in $folder: a run with TRACE=1 writes one (make sim WORKLOAD=matmul M=16 N=16 K=16 MESH=1x1 TRACE=1), and of whole nodes a test that fails" >&2
  exit 2
fi
view=${wave%.fst}.gtkw
# A signal that this waveform lacks is named, unless it was recorded in part; the view shows the others.
"$scripts/wave_view.py" "$wave" 2>"$view.log" || [ $? = 1 ] || { cat "$view.log" >&2; exit 2; }
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  "$scripts/setup.sh" wave
  exec gtkwave "$wave" "$view"
fi
echo "The waveform is $(realpath "$wave") ($(du -h "$wave" | cut -f1)), with views for GTKWave and Surfer."
echo "There is no display here. Where there is one: gtkwave $wave $view, or: surfer -c ${wave%.fst}.sucl $wave"
