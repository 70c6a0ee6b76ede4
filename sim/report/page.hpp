// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The files of sim/report/page, which are part of the program.
#pragma once

#include <string_view>

namespace tatami::report {

std::string_view page_template();  ///< with places {{style}}, {{results}}, {{script}}
std::string_view page_style();
std::string_view page_script();

}  // namespace tatami::report
