// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/trace_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/runtime/whole_number.hpp"

namespace tatami::cli {
namespace {

using diagnosis::Trigger;

constexpr std::pair<std::string_view, Trigger::Kind> kWords[] = {
    {"failure", Trigger::Kind::Failure}, {"mismatch", Trigger::Kind::Mismatch}, {"fault", Trigger::Kind::Fault},
    {"hang", Trigger::Kind::Hang},       {"limit", Trigger::Kind::Limit},       {"trap", Trigger::Kind::Trap},
};

/// `nodes`: those of --trace-nodes, none when all count.
Trigger parse_trigger(const std::string& text, const std::vector<NodeId>& nodes, const routing::Grid& grid) {
  for (const auto& [name, kind] : kWords) {
    if (text == name) return {kind, 0, nodes};
  }
  const std::size_t colon = text.find(':');
  const std::string name = text.substr(0, colon), value = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (name == "packet" && !value.empty()) {
    const auto to = parse_live_nodes(value, "--trace-on packet", grid);
    const bool chosen = nodes.empty() || std::find(nodes.begin(), nodes.end(), to.front()) != nodes.end();
    if (!chosen) throw InputError(fmt::format("--trace-on packet:{} is none of --trace-nodes", value));
    if (to.size() == 1) return {Trigger::Kind::Packet, 0, to};
  }
  if (name == "pc") {
    const std::string_view digits =
        value.starts_with("0x") ? std::string_view(value).substr(2) : std::string_view(value);
    if (const auto pc = whole_number<std::uint64_t>(digits, 16)) return {Trigger::Kind::Pc, *pc, nodes};
  }
  throw InputError(fmt::format(
      "--trace-on is failure, mismatch, fault, hang, limit, trap, pc:ADDRESS or packet:YxX, and not '{}'", text));
}

}  // namespace

void TraceArguments::add_to(CLI::App& app) {
  CLI::Option* file = app.add_option("--trace", trace.path, "write a waveform (FST)");
  app.add_option("--trace-from", trace.from, "first cycle of the waveform")
      ->needs(file)
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--trace-to", trace.to, "cycle after the last of the waveform")->needs(file);
  app.add_option("--trace-nodes", nodes,
                 "nodes in the waveform, as YxX,YxX,... (default: all; with --trace-on: where it came)")
      ->needs(file);
  app.add_option("--trace-depth", trace.depth, "levels of the hierarchy in the waveform (default: all)")
      ->needs(file)
      ->check(CLI::Range(1U, TraceOptions::kAllLevels));
  CLI::Option* event = app.add_option("--trace-on", on,
                                      "run, and then again to record around this: failure, mismatch, fault, hang, "
                                      "limit, trap, pc:ADDRESS, packet:YxX")
                           ->needs(file);
  app.add_option("--trace-before", trace.before, "with --trace-on: cycles before it")
      ->needs(event)
      ->capture_default_str();
  app.add_option("--trace-after", trace.after, "with --trace-on: cycles after it")->needs(event)->capture_default_str();
}

TraceOptions TraceArguments::parse(const routing::Grid& grid) const {
  TraceOptions result = trace;
  if (!result.path.empty()) const OutputFile can_be_written(result.path);  // what writes waves says nothing
  if (result.from >= result.to) throw InputError("--trace-from must be below --trace-to");
  result.nodes = parse_live_nodes(nodes, "--trace-nodes", grid);
  if (on.empty()) return result;
  result.on = parse_trigger(on, result.nodes, grid);
  if (result.from != 0 || result.to != UINT64_MAX) {
    throw InputError("--trace-on finds the window itself; --trace-before and --trace-after size it");
  }
  return result;
}

}  // namespace tatami::cli
