// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tatami::test {

/// An instruction of a pipeline log.
struct LoggedInstruction {
  unsigned hart = 0;
  std::string label;
  std::string notes;
  std::vector<std::pair<std::string, std::uint64_t>> stages;  ///< name and first cycle
  std::vector<std::uint64_t> producers;
  std::optional<std::uint64_t> end;  ///< cycle of R
  bool flushed = false;

  /// The first cycle of a stage, in its last pass.
  std::uint64_t at(const std::string& stage) const;
  bool has(const std::string& stage) const;
  std::string way() const;  ///< the stages' names
};

/// A log of format Kanata 0004 by the rules of its public description: tab-separated commands, cycles that only grow,
/// every instruction begun by I before anything else is said of it, with numbers in order, named by L, ended by exactly
/// one R, nothing behind it; producers that exist; retirement numbers in sequence.
class KanataLog {
 public:
  /// Throws std::runtime_error with the line for what breaks a rule.
  explicit KanataLog(const std::string& text);

  const std::vector<LoggedInstruction>& instructions() const { return instructions_; }
  std::uint64_t first_cycle() const { return first_cycle_; }
  std::size_t retired() const { return retired_; }
  /// The instructions of a hart whose label contains `text`, that were not flushed, in order.
  std::vector<LoggedInstruction> find(unsigned hart, const std::string& text) const;

 private:
  void command(const std::vector<std::string>& fields);
  LoggedInstruction& alive(const std::string& id);

  std::vector<LoggedInstruction> instructions_;
  std::optional<std::uint64_t> cycle_;
  std::uint64_t first_cycle_ = 0;
  std::size_t retired_ = 0;
};

}  // namespace tatami::test
