// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/tables.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "sim/routing/turn_model.hpp"
#include "sim/routing/up_down.hpp"
#include "sim/routing/x_then_y.hpp"

namespace tatami::routing {
namespace {

constexpr std::string_view kLetters = "NESWL";

}  // namespace

Routes make_routes(const Grid& grid) {
  if (auto tables = route_x_then_y(grid)) return {std::move(*tables), Method::kXThenY};
  if (auto tables = route_by_turn_model(grid)) return {std::move(*tables), Method::kTurns};
  return {route_up_down(grid), Method::kUpDown};
}

std::string to_line(const Tables& tables, unsigned node, unsigned in) {
  std::string line;
  for (unsigned d = 0; d < tables.nodes(); ++d) {
    const std::int8_t direction = tables.at(node, in, d);
    line += direction == Tables::kNone ? '-' : kLetters[static_cast<std::size_t>(direction)];
  }
  return line;
}

void from_line(Tables& tables, unsigned node, unsigned in, std::string_view line) {
  if (line.size() != tables.nodes()) {
    throw std::invalid_argument(
        fmt::format("the table of node {} has {} entries and not {}", node, line.size(), tables.nodes()));
  }
  for (unsigned d = 0; d < tables.nodes(); ++d) {
    const std::size_t letter = kLetters.find(line[d]);
    if (letter == std::string_view::npos && line[d] != '-') {
      throw std::invalid_argument(
          fmt::format("the table of node {} has '{}', which is none of L N E S W -", node, line[d]));
    }
    tables.set(node, in, d, letter == std::string_view::npos ? Tables::kNone : static_cast<std::int8_t>(letter));
  }
}

}  // namespace tatami::routing
