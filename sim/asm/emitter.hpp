// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The assembler's buffer: words, labels and their fix-ups. Encodings come from the instruction table (isa.hpp) alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "isa.hpp"

namespace tatami {

/// A program that cannot be encoded; the text names the instruction and its byte offset in the program.
class AssemblerError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A place in the program of the assembler that made it; may be used before it is bound.
class Label {
 private:
  friend class Emitter;
  explicit Label(std::size_t index) : index_(index) {}
  std::size_t index_;
};

/// Collects instruction words. Programs are position independent: labels become pc-relative offsets.
class Emitter {
 public:
  /// A new label, not bound yet.
  Label label() {
    labels_.emplace_back();
    return Label(labels_.size() - 1);
  }

  /// Binds a label to the next instruction; a label can be bound once.
  void bind(Label label) {
    auto& place = labels_.at(label.index_);
    if (place) throw AssemblerError("label bound twice, at offsets " + std::to_string(*place) + " and " + here_text());
    place = size_bytes();
  }

  /// A label bound here: the head of a loop.
  Label here() {
    const Label result = label();
    bind(result);
    return result;
  }

  /// Appends one instruction.
  void emit(isa::Op op, const isa::Operands& operands) { words_.push_back(encode(op, operands, size_bytes())); }

  /// Appends an instruction whose immediate is the distance from itself to `target`.
  void emit_relative(isa::Op op, const isa::Operands& operands, Label target) {
    fixups_.push_back({size_bytes(), op, operands, target, Reach::Jump});
    words_.push_back(0);
  }

  /// Appends `auipc rd; addi rd, rd`, which leaves the address of `target` in rd.
  void emit_address(unsigned rd, Label target) {
    fixups_.push_back({size_bytes(), isa::Op::Auipc, {.rd = rd}, target, Reach::Address});
    words_.insert(words_.end(), 2, 0);
  }

  /// Appends a word of data.
  void word(std::uint32_t value) { words_.push_back(value); }

  /// Bytes so far.
  std::size_t size_bytes() const { return 4 * words_.size(); }

  /// Byte offset of a bound label in the program.
  std::size_t offset(Label label) const {
    const auto& place = labels_.at(label.index_);
    if (!place) throw AssemblerError("a label is used but never bound");
    return *place;
  }

  /// The program with every label resolved. Throws AssemblerError when a label is not bound or out of reach.
  std::vector<std::uint32_t> finish() const {
    std::vector<std::uint32_t> words = words_;
    for (const Fixup& fixup : fixups_) {
      const auto distance = static_cast<std::int64_t>(offset(fixup.target)) - static_cast<std::int64_t>(fixup.place);
      isa::Operands operands = fixup.operands;
      if (fixup.reach == Reach::Jump) {
        operands.imm = distance;
      } else {
        // addi adds a signed 12-bit number: round the upper part so that the rest fits.
        operands.imm = (distance + 0x800) & ~std::int64_t{0xfff};
        words[fixup.place / 4 + 1] = encode(
            isa::Op::Addi, {.rd = operands.rd, .rs1 = operands.rd, .imm = distance - operands.imm}, fixup.place + 4);
      }
      words[fixup.place / 4] = encode(fixup.op, operands, fixup.place);
    }
    return words;
  }

 private:
  enum class Reach { Jump, Address };
  struct Fixup {
    std::size_t place;  ///< byte offset of the instruction
    isa::Op op;
    isa::Operands operands;
    Label target;
    Reach reach;
  };

  static std::uint32_t encode(isa::Op op, const isa::Operands& operands, std::size_t place) {
    try {
      return isa::encode(op, operands);
    } catch (const std::out_of_range& error) {
      throw AssemblerError(std::string(error.what()) + " (immediate " + std::to_string(operands.imm) +
                           ", at byte offset " + std::to_string(place) + " of the program)");
    }
  }

  std::string here_text() const { return std::to_string(size_bytes()); }

  std::vector<std::uint32_t> words_;
  std::vector<std::optional<std::size_t>> labels_;
  std::vector<Fixup> fixups_;
};

}  // namespace tatami
