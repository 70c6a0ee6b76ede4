# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Regression: see docs/verification.md. Jobs (jobs, test_job, run_job) go through the pool; their results are dictionaries."""
