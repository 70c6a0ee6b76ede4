// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/timeline/kanata_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace tatami::test {
namespace {

void require(bool condition, const std::string& rule) {
  if (!condition) throw std::runtime_error(rule);
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::size_t from = 0;
  for (std::size_t to = line.find('\t'); to != std::string::npos; to = line.find('\t', from)) {
    fields.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  fields.push_back(line.substr(from));
  return fields;
}

std::uint64_t number(const std::string& text) {
  require(!text.empty() && text.find_first_not_of("0123456789") == std::string::npos,
          fmt::format("'{}' is no number", text));
  return std::stoull(text);
}

}  // namespace

std::uint64_t LoggedInstruction::at(const std::string& stage) const {
  const auto found = std::find_if(stages.rbegin(), stages.rend(), [&](const auto& s) { return s.first == stage; });
  require(found != stages.rend(), fmt::format("{} has no stage {}", label, stage));
  return found->second;
}

bool LoggedInstruction::has(const std::string& stage) const {
  return std::any_of(stages.begin(), stages.end(), [&](const auto& s) { return s.first == stage; });
}

std::string LoggedInstruction::way() const {
  std::string names;
  for (const auto& [name, cycle] : stages) names += name;
  return names;
}

KanataLog::KanataLog(const std::string& text) {
  require(text.ends_with('\n'), "the last line does not end");
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  require(line == "Kanata\t0004", "the first line is no header of format 4");
  for (std::size_t n = 2; std::getline(in, line); ++n) {
    try {
      command(split(line));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("line {}, '{}': {}", n, line, error.what()));
    }
  }
  for (const LoggedInstruction& i : instructions_) {
    require(i.end.has_value(), "an instruction without R: " + i.label);
    require(!i.label.empty(), "an instruction without a label");
    require(!i.stages.empty(), "an instruction without a stage: " + i.label);
    require(i.stages.back().second < *i.end, "a last stage of no cycle: " + i.label);
  }
}

void KanataLog::command(const std::vector<std::string>& f) {
  const auto has = [&](std::size_t fields) {
    require(f.size() == fields, fmt::format("{} fields, not {}", f.size(), fields));
  };
  if (f[0] == "C=") {
    has(2);
    require(!cycle_, "a second C=");
    cycle_ = first_cycle_ = number(f[1]);
    return;
  }
  require(cycle_.has_value(), "a command before C=");
  if (f[0] == "C") {
    has(2);
    require(number(f[1]) > 0, "no cycle passes");
    *cycle_ += number(f[1]);
  } else if (f[0] == "I") {
    has(4);
    require(number(f[1]) == instructions_.size(), "numbers are not in sequence");
    number(f[2]);
    instructions_.push_back({.hart = static_cast<unsigned>(number(f[3]))});
  } else if (f[0] == "L") {
    has(4);
    require(f[2] == "0" || f[2] == "1", "an unknown type");
    LoggedInstruction& i = alive(f[1]);
    (f[2] == "0" ? i.label : i.notes) += f[3];
  } else if (f[0] == "S") {
    has(4);
    require(f[2] == "0", "another lane");
    require(!f[3].empty(), "a stage without a name");
    LoggedInstruction& i = alive(f[1]);
    require(i.stages.empty() || i.stages.back().second < *cycle_, "two stages in one cycle");
    i.stages.emplace_back(f[3], *cycle_);
  } else if (f[0] == "R") {
    has(4);
    require(f[3] == "0" || f[3] == "1", "an unknown type");
    LoggedInstruction& i = alive(f[1]);
    i.end = *cycle_;
    i.flushed = f[3] == "1";
    require(number(f[2]) == retired_, "retirement numbers are not in sequence");
    if (!i.flushed) ++retired_;
  } else if (f[0] == "W") {
    has(4);
    require(f[3] == "0", "an unknown type");
    require(number(f[2]) < instructions_.size(), "a producer that does not exist");
    require(number(f[2]) != number(f[1]), "it waits for itself");
    alive(f[1]).producers.push_back(number(f[2]));
  } else {
    throw std::runtime_error("an unknown command");
  }
}

LoggedInstruction& KanataLog::alive(const std::string& id) {
  require(number(id) < instructions_.size(), "an instruction that was not begun");
  LoggedInstruction& instruction = instructions_[number(id)];
  require(!instruction.end, "an instruction that has ended");
  return instruction;
}

std::vector<LoggedInstruction> KanataLog::find(unsigned hart, const std::string& text) const {
  std::vector<LoggedInstruction> found;
  for (const LoggedInstruction& i : instructions_) {
    if (i.hart == hart && !i.flushed && i.label.find(text) != std::string::npos) found.push_back(i);
  }
  return found;
}

}  // namespace tatami::test
