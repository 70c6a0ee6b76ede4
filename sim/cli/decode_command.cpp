// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What words of hardware mean, for people and for viewers of waveforms.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/decode.hpp"
#include "sim/cli/translate.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {
namespace {

int decode(const std::string& kind, const std::vector<std::string>& values) {
  const auto text_of = kind == "packet" ? decode_packet : decode_format;
  if (values == std::vector<std::string>{"-"}) return translate_lines(text_of);
  for (const std::string& value : values) {
    const auto text = text_of(value);
    if (!text) throw InputError(fmt::format("'{}' is not a {} in hexadecimal digits", value, kind));
    fmt::print("{}\n", *text);
  }
  return 0;
}

}  // namespace

void add_decode(CLI::App& app, Action& action) {
  const auto kind = std::make_shared<std::string>();
  const auto values = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("decode", "Say what a packet, or a number format's code, means");
  sub->add_option("kind", *kind, "packet (160 digits, header first) or format")
      ->required()
      ->check(CLI::IsMember({"packet", "format"}));
  sub->add_option("values", *values, "in hexadecimal, or - for a value per line of standard input")->required();
  sub->callback([=, &action] { action = [=] { return decode(*kind, *values); }; });
}

}  // namespace tatami::cli
