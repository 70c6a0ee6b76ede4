# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# Debian packages of each set-up group; sourced by setup.sh and doctor.sh.

build_packages="make g++ python3 python3-venv clang-16 libclang-rt-16-dev ccache nlohmann-json3-dev libcli11-dev libfmt-dev zlib1g-dev liblz4-dev"

# Prints the packages of group $1; fails for an unknown group.
group_packages() {
  case $1 in
    sim) echo "$build_packages" ;;
    test) echo "$build_packages catch2 libmpfr-dev libgmp-dev libopenblas-dev" ;;
    lint) echo "make python3 python3-venv clang-format-16" ;;
    tidy) echo "$build_packages clang-tidy-16" ;;
    format) echo "make python3 python3-venv clang-format-16" ;;
    formal | fpga | timeline) echo "make python3 python3-venv" ;;
    synth) echo "make python3 python3-venv opensta qflow-tech-osu018 qflow-tech-osu035" ;;
    coverage) echo "$build_packages catch2 libmpfr-dev libgmp-dev libopenblas-dev lcov" ;;
    wave) echo "gtkwave" ;;
    browser) echo "chromium-headless-shell fonts-dejavu-core" ;;
    programs) echo "make python3 gcc-riscv64-unknown-elf" ;;
    *) return 1 ;;
  esac
}

# Prints the requirement files of group $1.
group_requirements() {
  case $1 in
    sim | tidy) echo scripts/requirements-sim.txt ;;
    test | coverage) echo scripts/requirements-sim.txt scripts/requirements-wave.txt scripts/requirements-mutation.txt ;;
    lint) echo scripts/requirements-sim.txt scripts/requirements-lint.txt scripts/requirements-mutation.txt ;;
    format) echo scripts/requirements-format.txt ;;
    formal) echo scripts/requirements-formal.txt ;;
    synth) echo scripts/requirements-synth.txt scripts/requirements-wave.txt ;;
    fpga) echo scripts/requirements-fpga.txt ;;
    timeline) echo scripts/requirements-timeline.txt ;;
  esac
}

# Prints those of the packages "$@" that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}
