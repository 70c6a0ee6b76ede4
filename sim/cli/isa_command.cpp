// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "isa.hpp"
#include "sim/cli/commands.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {
namespace {

std::uint32_t parse_word(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  std::uint32_t word = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), word, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) {
    throw InputError(fmt::format("'{}' is not an instruction word of up to eight hexadecimal digits", text));
  }
  return word;
}

/// A word per line of standard input, its text per line of standard output; what is no word comes back as it is.
int disassemble_lines() {
  for (std::string line; std::getline(std::cin, line);) {
    try {
      fmt::print("{}\n", isa::disassemble(parse_word(line)));
    } catch (const InputError&) {
      fmt::print("{}\n", line);
    }
    std::fflush(stdout);
  }
  return 0;
}

int disassemble(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"-"}) return disassemble_lines();
  for (const std::string& text : words) {
    const std::uint32_t word = parse_word(text);
    fmt::print("{:08x}  {}\n", word, isa::disassemble(word));
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
