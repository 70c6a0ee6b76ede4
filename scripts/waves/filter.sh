#!/usr/bin/env bash
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
# GTKWave's translation process: a hexadecimal value per line in, what it means out. GTKWave gives no arguments, so the
# name that it is called by says what the values are: instruction, packet or format (links in the folder filters).
set -euo pipefail
tatami=$(dirname "$(realpath "$0")")/../../build/tatami
case $(basename "$0") in
  instruction) exec "$tatami" isa - ;;
  *) exec "$tatami" decode "$(basename "$0")" - ;;
esac
