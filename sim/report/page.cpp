// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/report/page.hpp"

// The assembler reads the files; make runs it in the project's folder. Scripts share one scope, in this order.
__asm__(
    R"(
.section .rodata
tatami_page_template: .incbin "sim/report/page/page.html"
tatami_page_style: .incbin "sim/report/page/page.css"
tatami_page_script:
.incbin "sim/report/page/elements.js"
.incbin "sim/report/page/figures.js"
.incbin "sim/report/page/heat_maps.js"
.incbin "sim/report/page/stalls.js"
.incbin "sim/report/page/roofline.js"
.incbin "sim/report/page/compare.js"
.incbin "sim/report/page/page.js"
tatami_page_end:
.text
)");

extern "C" {
extern const char tatami_page_template[] __attribute__((visibility("hidden")));
extern const char tatami_page_style[] __attribute__((visibility("hidden")));
extern const char tatami_page_script[] __attribute__((visibility("hidden")));
extern const char tatami_page_end[] __attribute__((visibility("hidden")));
}

namespace tatami::report {

std::string_view page_template() { return {tatami_page_template, tatami_page_style}; }
std::string_view page_style() { return {tatami_page_style, tatami_page_script}; }
std::string_view page_script() { return {tatami_page_script, tatami_page_end}; }

}  // namespace tatami::report
