// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Results of runs, which `tatami report` puts into a page.
#include <nlohmann/json.hpp>

#include "sim/report/html.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  using Json = nlohmann::json;
  const std::string text(fuzz::text_of(data, size));
  fuzz::taken([&] {
    const std::string page = report::to_html({{"input", text}});
    const std::string_view begin = "id=\"results\">", end = "</script>";
    const std::size_t from = page.find(begin) + begin.size(), to = page.find(end, from);
    const std::string element = page.substr(from, to - from);
    // A browser takes any spelling for the end of the element, and what follows a comment's beginning for no script.
    fuzz::require(element.find("</") == std::string::npos && element.find("<!") == std::string::npos,
                  "nothing in an element ends it");
    Json given = Json::parse(text);
    given["file"] = "input";
    fuzz::require(Json::parse(element, nullptr, false) == Json::array({given}), "the page holds the result as it was");
  });
  return 0;
}
