// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Options of the command line that have a form of their own; the first byte of the input says which.
#include <array>
#include <functional>

#include "sim/cli/grid_options.hpp"
#include "sim/cli/injection.hpp"
#include "sim/cli/parse.hpp"
#include "sim/cli/trace_options.hpp"
#include "verif/fuzz/input.hpp"

namespace {

using namespace tatami;
using Parser = std::function<void(const std::string&)>;

/// A grid of three texts: size, dead nodes and dead links.
void parse_grid(const std::string& text) {
  cli::GridOptions options;
  std::array<std::string*, 3> parts{&options.size, &options.dead, &options.dead_links};
  std::size_t part = 0;
  options.size.clear();
  for (const char c : text) {
    if (c == ' ' && part + 1 < parts.size()) {
      ++part;
    } else {
      *parts[part] += c;
    }
  }
  const routing::Grid grid = options.parse_machine();
  fuzz::require(grid.rows() <= Mesh::kMaxSide && grid.cols() <= Mesh::kMaxSide, "a grid is at most as large as a die");
}

void parse_injection(const std::string& text) {
  const cli::Injection injection = cli::parse_injection(text);
  fuzz::require(injection.bits.check <= 0xff, "eight check bits");
}

/// A grid with a dead node.
const routing::Grid& holed_grid() {
  static const routing::Grid grid(3, 4, {{1, 2}}, {});
  return grid;
}

void require_live(const std::vector<NodeId>& nodes) {
  const routing::Grid& grid = holed_grid();
  for (const NodeId node : nodes) {
    fuzz::require(node.y < grid.rows() && node.x < grid.cols() && grid.live(grid.number(node)), "nodes are live");
  }
}

void parse_trigger(const std::string& text) {
  cli::TraceArguments arguments;
  arguments.trace.path = "file";
  arguments.on = text;
  const auto on = arguments.parse(holed_grid()).on;
  fuzz::require(on.has_value() == !text.empty(), "what is named is recorded");
  if (on && on->kind == diagnosis::Trigger::Kind::Packet) require_live({on->node});
}

const std::array<Parser, 8> kParsers{
    [](const std::string& text) { cli::parse_pair(text, "--size"); },
    [](const std::string& text) { cli::parse_mesh(text); },
    [](const std::string& text) { cli::parse_operand_type(text); },
    [](const std::string& text) { cli::parse_descriptor(text, static_cast<int>(text.size()), true); },
    parse_injection,
    parse_grid,
    parse_trigger,
    [](const std::string& text) { require_live(cli::parse_live_nodes(text, "--trace-nodes", holed_grid())); },
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(fuzz::text_of(data + 1, size - 1));
  fuzz::taken([&] { kParsers[data[0] % kParsers.size()](text); });
  return 0;
}
