#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# GTKWave's translation process for instruction words: a hexadecimal word per line in, its disassembly out.
exec "$(dirname "$(realpath "$0")")/../build/tatami" isa -
