// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "verif/tests/lockstep/program_random.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/asm/disassembler.hpp"
#include "verif/tests/lockstep/program_generator.hpp"

namespace tatami::test {

Program RandomProgram::make(const golden::CoreConfig& config) const {
  ProgramGenerator generator(config, seed);
  if (!kept) return generator.make(items);
  return generator.make(items, [&](unsigned item) { return std::ranges::binary_search(*kept, item); });
}

std::string RandomProgram::text() const {
  std::string text = fmt::format("{}:{}:{}", seed, items, stalls);
  if (!kept) return text;
  for (std::size_t i = 0; i < kept->size(); ++i) text += fmt::format("{}{}", i == 0 ? ':' : ',', (*kept)[i]);
  return kept->empty() ? text + ":" : text;
}

RandomProgram RandomProgram::parse(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ':');) parts.push_back(part);
  if (parts.size() < 3) throw std::invalid_argument("TATAMI_PROGRAM is seed:items:stalls[:kept,kept,...]");
  RandomProgram p{std::stoull(parts[0]), static_cast<unsigned>(std::stoul(parts[1])),
                  static_cast<unsigned>(std::stoul(parts[2]))};
  if (parts.size() == 3 && text.back() != ':') return p;
  p.kept.emplace();
  std::istringstream numbers(parts.size() > 3 ? parts[3] : "");
  for (std::string number; std::getline(numbers, number, ',');) {
    p.kept->push_back(static_cast<unsigned>(std::stoul(number)));
  }
  return p;
}

std::string listing(const Program& program) {
  std::string text;
  for (const Program::Piece& piece : program.pieces) {
    text += fmt::format("code at 0x{:x}:\n", piece.address);
    for (std::uint64_t at = piece.address + 4 * piece.shown_from; at < piece.address + 4 * piece.words; at += 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, program.image.data() + at, sizeof word);
      text += fmt::format("  {:08x}: {:08x} {}\n", at, word, disassemble(word, at));
    }
  }
  return text;
}

}  // namespace tatami::test
