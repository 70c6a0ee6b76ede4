// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/parse.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string_view>

#include "sim/runtime/error.hpp"
#include "sim/runtime/whole_number.hpp"

namespace tatami::cli {

std::pair<std::size_t, std::size_t> parse_pair(const std::string& text, const std::string& what) {
  const std::size_t cross = text.find('x');
  if (cross != std::string::npos) {
    const auto first = whole_number<std::size_t>(std::string_view(text).substr(0, cross));
    const auto second = whole_number<std::size_t>(std::string_view(text).substr(cross + 1));
    if (first && second) return {*first, *second};
  }
  throw InputError(fmt::format("{} is two whole numbers, such as 2x3, and not '{}'", what, text));
}

Mesh parse_mesh(const std::string& text) {
  const auto [rows, cols] = parse_pair(text, "--mesh");
  if (rows < 1 || cols < 1 || rows > Mesh::kMaxSide || cols > Mesh::kMaxSide) {
    throw InputError(fmt::format("--mesh {} must have from 1 to {} rows and columns", text, Mesh::kMaxSide));
  }
  return {static_cast<unsigned>(rows), static_cast<unsigned>(cols)};
}

std::vector<NodeId> parse_nodes(const std::string& text, const std::string& option, const Mesh& mesh) {
  std::vector<NodeId> nodes;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) {
    const auto [y, x] = parse_pair(part, option);
    if (y >= mesh.rows || x >= mesh.cols) {
      throw InputError(fmt::format("node {} of {} is not in a {} mesh", part, option, mesh.text()));
    }
    nodes.push_back({static_cast<unsigned>(y), static_cast<unsigned>(x)});
  }
  return nodes;
}

std::vector<NodeId> parse_live_nodes(const std::string& text, const std::string& option, const routing::Grid& grid) {
  std::vector<NodeId> nodes = parse_nodes(text, option, {grid.rows(), grid.cols()});
  for (const NodeId node : nodes) {
    if (!grid.live(grid.number(node))) {
      throw InputError(fmt::format("{}: node {} is dead", option, place_text(node)));
    }
  }
  return nodes;
}

DataType parse_type(const std::string& text, const std::string& what) {
  if (text == "fp32") return DataType::Fp32;
  if (text == "bf16") return DataType::Bf16;
  throw InputError(fmt::format("{} is fp32 or bf16, and not '{}'", what, text));
}

DataType parse_operand_type(const std::string& text) {
  std::string known;
  for (const DataType type : kOperandTypes) {
    if (text == name_of(type)) return type;
    known += (known.empty() ? "" : ", ") + name_of(type);
  }
  throw InputError(fmt::format("--format is one of {}, and not '{}'", known, text));
}

formats::Descriptor parse_descriptor(const std::string& format, int bias, bool gradual, const std::string& prefix) {
  const formats::Format* found = formats::find(std::string_view(format));
  if (found == nullptr) {
    std::string known;
    for (const formats::Format& f : formats::kFormats) known += (known.empty() ? "" : ", ") + std::string(f.name);
    throw InputError(fmt::format("unknown format '{}'; known are {}", format, known));
  }
  if (!found->bias_configurable && bias != 0) throw InputError(fmt::format("{} has no bias to choose", found->name));
  if (bias < 0 || bias > 63) throw InputError(fmt::format("{}bias must be 0 to 63, and not {}", prefix, bias));
  if (gradual && found->denormals != formats::Denormals::kLiteral) {
    throw InputError(fmt::format("{} has one rule for denormals; {}gradual does not apply", found->name, prefix));
  }
  return {found->kind, static_cast<std::uint8_t>(bias), false, gradual};
}

void check_backend(const std::string& backend) {
  if (backend != "rtl" && backend != "golden") {
    throw InputError(fmt::format("--backend is rtl or golden, and not '{}'", backend));
  }
}

void check_threads(unsigned threads) {
  constexpr unsigned kMost = 256;
  if (threads == 0 || threads > kMost) {
    throw InputError(fmt::format("--threads must be 1 to {}, and not {}", kMost, threads));
  }
}

std::string shell_command(int argc, const char* const* argv) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
  std::string command;
  for (int i = 0; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (i > 0) command += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) {
      command += word;
      continue;
    }
    command += '\'';
    for (const char c : word) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += '\'';
  }
  return command;
}

}  // namespace tatami::cli
