// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sim/cli/report.hpp"
#include "sim/workloads/run.hpp"

namespace tatami::cli {

/// What the results say about an operation before it has run.
LaunchRecord record_of(const Operation& operation, const std::string& format, DataType output_type);

}  // namespace tatami::cli
