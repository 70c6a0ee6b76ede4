// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tatami::timeline {

/// A pipeline log for the viewer Konata: text, format Kanata 0004. Commands may be given in any order of cycles; those
/// of one cycle keep theirs.
class Kanata {
 public:
  /// A new instruction, with its hart and what the viewer shows beside it; the first command of an instruction. Returns
  /// what others name it by.
  std::uint64_t begin(std::uint64_t cycle, std::uint64_t order, unsigned hart, const std::string& label);
  /// A text that the viewer shows under the pointer.
  void note(std::uint64_t cycle, std::uint64_t instruction, const std::string& text);
  void stage(std::uint64_t cycle, std::uint64_t instruction, const char* name);
  /// The producer's result wakes the consumer, which must not have ended.
  void wake(std::uint64_t cycle, std::uint64_t consumer, std::uint64_t producer);
  void retire(std::uint64_t cycle, std::uint64_t instruction);
  void flush(std::uint64_t cycle, std::uint64_t instruction);

  std::size_t size() const { return commands_.size(); }
  std::string text() const;

 private:
  enum class Kind { Begin, Note, Stage, Wake, Retire, Flush };
  struct Command {
    std::uint64_t cycle;
    Kind kind;
    std::uint64_t instruction;
    std::uint64_t number;  ///< Begin: order; Wake: the producer
    std::string text;      ///< Begin: hart and label
  };

  std::vector<Command> commands_;
  std::uint64_t instructions_ = 0;
};

}  // namespace tatami::timeline
