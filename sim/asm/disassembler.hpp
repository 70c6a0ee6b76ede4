// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Instruction words as text for traces and mismatch reports.
#pragma once

#include <cstdint>
#include <string>

#include <fmt/core.h>

#include "isa.hpp"

namespace tatami {

/// Assembler text of one instruction, by the instruction table; pc-relative ones get their target as a comment.
inline std::string disassemble(std::uint32_t insn, std::uint64_t pc) {
  const isa::Decoded decoded = isa::decode(insn);
  std::string text = isa::disassemble(insn);
  if (!decoded.legal) return text;
  const isa::Format format = isa::row(decoded.op).format;
  const bool relative = format == isa::Format::B || format == isa::Format::J || decoded.op == isa::Op::Auipc;
  if (relative) text += fmt::format("  # 0x{:x}", pc + static_cast<std::uint64_t>(decoded.imm));
  return text;
}

}  // namespace tatami
