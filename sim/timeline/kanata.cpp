// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/kanata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace tatami::timeline {

std::uint64_t Kanata::begin(std::uint64_t cycle, std::uint64_t order, unsigned hart, const std::string& label) {
  commands_.push_back({cycle, Kind::Begin, instructions_, order, fmt::format("{}\t{}", hart, label)});
  return instructions_++;
}

void Kanata::note(std::uint64_t cycle, std::uint64_t instruction, const std::string& text) {
  commands_.push_back({cycle, Kind::Note, instruction, 0, text});
}

void Kanata::stage(std::uint64_t cycle, std::uint64_t instruction, const char* name) {
  commands_.push_back({cycle, Kind::Stage, instruction, 0, name});
}

void Kanata::wake(std::uint64_t cycle, std::uint64_t consumer, std::uint64_t producer) {
  commands_.push_back({cycle, Kind::Wake, consumer, producer, {}});
}

void Kanata::retire(std::uint64_t cycle, std::uint64_t instruction) {
  commands_.push_back({cycle, Kind::Retire, instruction, 0, {}});
}

void Kanata::flush(std::uint64_t cycle, std::uint64_t instruction) {
  commands_.push_back({cycle, Kind::Flush, instruction, 0, {}});
}

std::string Kanata::text() const {
  std::vector<const Command*> sorted(commands_.size());
  std::transform(commands_.begin(), commands_.end(), sorted.begin(), [](const Command& c) { return &c; });
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Command* a, const Command* b) { return a->cycle < b->cycle; });
  std::vector<std::uint64_t> ids(instructions_);  // in the file they are numbered as they appear
  std::uint64_t now = sorted.empty() ? 0 : sorted.front()->cycle, begun = 0, retired = 0;
  std::string text = fmt::format("Kanata\t0004\nC=\t{}\n", now);
  for (const Command* c : sorted) {
    if (c->cycle != now) text += fmt::format("C\t{}\n", c->cycle - now);
    now = c->cycle;
    if (c->kind == Kind::Begin) ids[c->instruction] = begun++;
    const std::uint64_t id = ids[c->instruction];
    switch (c->kind) {
      case Kind::Begin: {
        const std::size_t tab = c->text.find('\t');
        text += fmt::format("I\t{}\t{}\t{}\n", id, c->number, c->text.substr(0, tab));
        text += fmt::format("L\t{}\t0\t{}\n", id, c->text.substr(tab + 1));
        break;
      }
      case Kind::Note: text += fmt::format("L\t{}\t1\t{}\n", id, c->text); break;
      case Kind::Stage: text += fmt::format("S\t{}\t0\t{}\n", id, c->text); break;
      case Kind::Wake: text += fmt::format("W\t{}\t{}\t0\n", id, ids[c->number]); break;
      case Kind::Retire: text += fmt::format("R\t{}\t{}\t0\n", id, retired++); break;
      case Kind::Flush: text += fmt::format("R\t{}\t{}\t1\n", id, retired); break;
    }
  }
  return text;
}

}  // namespace tatami::timeline
