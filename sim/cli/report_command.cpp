// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/report/html.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {
namespace {

struct ReportOptions {
  std::string result;
  std::string other;
  std::string out = "report.html";
};

int report(const ReportOptions& o) {
  std::vector<report::ResultFile> results{{o.result, read_file(o.result)}};
  if (!o.other.empty()) results.push_back({o.other, read_file(o.other)});
  const std::string page = report::to_html(results);
  OutputFile(o.out).commit(page);
  fmt::print("{}\n", o.out);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ReportOptions>();
  CLI::App* sub = app.add_subcommand("report", "Make one HTML page of a result, or of two side by side");
  sub->add_option("result", options->result, "JSON of tatami run --json")->required();
  sub->add_option("other", options->other, "a second result, compared with the first");
  sub->add_option("-o,--out", options->out, "the page")->capture_default_str();
  sub->callback([=, &action] { action = [=] { return report(*options); }; });
}

}  // namespace tatami::cli
