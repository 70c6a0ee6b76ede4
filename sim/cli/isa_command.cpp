// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "isa.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/translate.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/whole_number.hpp"

namespace tatami::cli {
namespace {

std::optional<std::uint32_t> parse_word(std::string_view digits) {
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  return whole_number<std::uint32_t>(digits, 16);
}

std::optional<std::string> text_of(const std::string& digits) {
  const std::optional<std::uint32_t> word = parse_word(digits);
  return word ? std::optional(isa::disassemble(*word)) : std::nullopt;
}

int disassemble(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"-"}) return translate_lines(text_of);
  for (const std::string& text : words) {
    const std::optional<std::uint32_t> word = parse_word(text);
    if (!word) {
      throw InputError(fmt::format("'{}' is not an instruction word of up to eight hexadecimal digits", text));
    }
    fmt::print("{:08x}  {}\n", *word, isa::disassemble(*word));
  }
  return 0;
}

}  // namespace

void add_isa(CLI::App& app, Action& action) {
  const auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("isa", "Disassemble instruction words");
  sub->add_option("words", *words, "instruction words in hexadecimal, or - for a word per line of standard input")
      ->required();
  sub->callback([=, &action] { action = [=] { return disassemble(*words); }; });
}

}  // namespace tatami::cli
